package io.promptaudit.server.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What {@code strace -f -yy} saw of a server, and whether it forced commits to disk before it answered. The tracer writes a
 * line when a call begins and, if another thread's line came in between, one more when it ends; so the numbers of the lines
 * tell what was before what.
 */
final class SyscallTrace {
    /** The calls that the check needs. */
    static final String CALLS = "write,pwrite64,writev,sendto,sendmsg,fsync,fdatasync,msync";
    private static final Pattern CALL = Pattern.compile("^(\\d+) +(\\w+)\\(\\d+<(.*?)>(?=[,) ])(.*)$");
    private static final Pattern RESUMED = Pattern.compile("^(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)$");
    private static final Pattern CHECKPOINT = Pattern.compile(".*/checkpoint\\.[01]");
    /** The size in a checkpoint: its second line. */
    private static final Pattern SIZE = Pattern.compile("\\\\n(\\d+)\\\\n");
    private static final String UNFINISHED = "<unfinished ...>";

    private final List<Call> calls;

    /**
     * One system call.
     *
     * @param file what its file descriptor stands for
     * @param text its arguments and result, as traced
     * @param end the line at which it ended; the greatest number if it never did
     */
    private record Call(String name, String file, String text, int start, int end) {
        boolean writesTo(String suffix) {
            return file.endsWith(suffix) && (name.equals("pwrite64") || name.equals("write") || name.equals("writev"));
        }

        boolean forces(String suffix) {
            return file.endsWith(suffix) && (name.equals("fsync") || name.equals("fdatasync")) && text.endsWith("= 0");
        }

        /** Whether it keeps a checkpoint over this position. */
        boolean seals(long position) {
            if (!CHECKPOINT.matcher(file).matches() || !writesTo(file)) {
                return false;
            }
            var size = SIZE.matcher(text);
            return size.find() && Long.parseLong(size.group(1)) >= position;
        }

        boolean answers(String request) {
            return file.startsWith("TCP") && text.contains("HTTP/1.1 ") && text.contains(request);
        }
    }

    /**
     * A write that was acknowledged.
     *
     * @param mark a text that its event, and nothing else, holds
     * @param request the id of the request, which its answer, and no other, holds
     * @param event the id of its event
     * @param position the event's
     */
    record Acknowledged(String mark, String request, String event, long position) {}

    private SyscallTrace(List<Call> calls) {
        this.calls = List.copyOf(calls);
    }

    /** Reads what the tracer wrote. */
    static SyscallTrace read(BufferedReader trace) throws IOException {
        var calls = new ArrayList<Call>();
        Map<String, Call> unfinished = new HashMap<>();
        int number = 0;
        for (String line = trace.readLine(); line != null; line = trace.readLine()) {
            number++;
            var begun = CALL.matcher(line);
            var resumed = RESUMED.matcher(line);
            if (begun.matches()) {
                boolean ended = !line.endsWith(UNFINISHED);
                var call = new Call(begun.group(2), begun.group(3), begun.group(4), number, ended ? number : Integer.MAX_VALUE);
                if (ended) {
                    calls.add(call);
                } else {
                    unfinished.put(begun.group(1), call);
                }
            } else if (resumed.matches()) {
                Call call = unfinished.remove(resumed.group(1));
                if (call != null && call.name().equals(resumed.group(2))) {
                    calls.add(new Call(call.name(), call.file(), call.text() + resumed.group(3), call.start(), number));
                }
            }
        }
        calls.addAll(unfinished.values());
        return new SyscallTrace(calls);
    }

    /**
     * What is wrong with an acknowledgement, or empty when the file was forced to disk after the event was written to it and
     * before the first byte of the answer.
     *
     * @param database how the path of the database file ends
     */
    Optional<String> violation(Acknowledged write, String database) {
        var answer = first(call -> call.answers(write.request()));
        if (answer.isEmpty()) {
            return Optional.of("%s: its answer is not in the trace".formatted(write));
        }
        int answered = answer.get().start();
        var written = calls.stream().filter(call -> call.writesTo(database) && call.text().contains(write.mark()))
                .filter(call -> call.start() < answered).mapToInt(Call::end).max();
        if (written.isEmpty()) {
            return Optional.of("%s: answered before it was written".formatted(write));
        }
        boolean forced = first(call -> call.forces(database) && call.start() > written.getAsInt() && call.end() < answered)
                .isPresent();
        return forced ? Optional.empty() : Optional.of("%s: answered before it was forced to disk".formatted(write));
    }

    /**
     * What is wrong with the seal of an acknowledgement, or empty when the event's leaf was forced to disk before the first
     * checkpoint over it was kept, and that was forced to disk before the first byte of the answer. What is signed is kept at
     * once, so nothing is signed either before it is on disk.
     *
     * @param database how the path of the database file ends
     */
    Optional<String> unsealed(Acknowledged write, String database) {
        String entry = "\\\"eventId\\\":\\\"" + write.event();
        var leaf = first(call -> call.writesTo(database) && call.text().contains(entry));
        var forced = leaf.flatMap(it -> first(call -> call.forces(database) && call.start() > it.end()));
        var kept = first(call -> call.seals(write.position()));
        if (kept.isEmpty()) {
            return Optional.of("%s: no checkpoint over it was kept".formatted(write));
        }
        if (forced.isEmpty() || forced.get().end() > kept.get().start()) {
            return Optional.of("%s: a checkpoint was kept before the leaf was forced to disk".formatted(write));
        }
        var keptForGood = first(call -> call.forces(kept.get().file()) && call.start() > kept.get().end());
        var answer = first(call -> call.answers(write.request()));
        boolean inOrder = keptForGood.isPresent() && answer.isPresent() && keptForGood.get().end() < answer.get().start();
        return inOrder ? Optional.empty() : Optional.of("%s: answered before its checkpoint was forced to disk".formatted(write));
    }

    private Optional<Call> first(Predicate<Call> wanted) {
        return calls.stream().filter(wanted).findFirst();
    }
}
