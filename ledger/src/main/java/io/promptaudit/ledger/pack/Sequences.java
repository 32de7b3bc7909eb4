package io.promptaudit.ledger.pack;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.leaf.StoredEvent;

/** Whether every aggregate's events are there from the first on. Remembers a number for each aggregate. */
final class Sequences {
    private final Map<String, Long> next = new HashMap<>();
    private final Set<String> torn = new HashSet<>();

    /**
     * Takes the next event.
     *
     * @throws VerificationFailed if one before it is missing, once for each aggregate
     */
    void follow(StoredEvent event) {
        String aggregate = event.aggregateId();
        // What happens outside of any history, such as a refusal, is an aggregate of its own, and not worth remembering.
        if ((event.sequence() == 0 && aggregate.equals(event.eventId())) || torn.contains(aggregate)) {
            return;
        }
        long expected = next.getOrDefault(aggregate, 0L);
        next.put(aggregate, event.sequence() + 1);
        if (event.sequence() != expected) {
            torn.add(aggregate);
            throw new VerificationFailed("%s has its event %d where its event %d must be: what was between is not there"
                    .formatted(aggregate, event.sequence(), expected));
        }
    }

    boolean isTorn(String aggregate) {
        return torn.contains(aggregate);
    }

    boolean knows(String aggregate) {
        return next.containsKey(aggregate);
    }
}
