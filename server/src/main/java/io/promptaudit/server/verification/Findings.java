package io.promptaudit.server.verification;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Collects what a round finds: remembers the first hundred, and counts the rest. */
final class Findings {
    private static final int REMEMBERED = 100;

    private final List<Finding> first = new ArrayList<>();
    private long count;

    void add(String check, String detail) {
        add(check, detail, null, null);
    }

    synchronized void add(String check, String detail, @Nullable Long position, @Nullable String eventId) {
        count++;
        if (first.size() < REMEMBERED) {
            first.add(new Finding(check, detail, position, eventId));
        }
    }

    synchronized List<Finding> first() {
        return List.copyOf(first);
    }

    synchronized long count() {
        return count;
    }
}
