package io.promptaudit.server.http;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stack traces for the log. */
final class Traces {

    private Traces() {}

    /** Where it failed and why, by type. Messages stay out: drivers and parsers quote the values they choke on. */
    static String withoutMessages(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(20)
                .map(cause -> cause.getClass().getName() + Stream.of(cause.getStackTrace())
                        .map(frame -> System.lineSeparator() + "    at " + frame).collect(Collectors.joining()))
                .collect(Collectors.joining(System.lineSeparator() + "caused by "));
    }
}
