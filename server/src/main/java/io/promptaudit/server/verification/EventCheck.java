package io.promptaudit.server.verification;

import java.time.DateTimeException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.EventLeaf;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.TreeHasher;

/** Compares what stands at a position with its leaf, and gives the hash that goes into the tree. */
final class EventCheck {
    private final TreeHasher hasher = new TreeHasher();
    private final Findings findings;

    EventCheck(Findings findings) {
        this.findings = findings;
    }

    /** Compares them. Returns the leaf's hash as it is stored, or as it should be where it is not; null when nothing tells. */
    @Nullable
    Hash check(long position, @Nullable RecordedEvent recorded, @Nullable RecordedLeaf leaf) {
        StoredEvent event = recorded == null ? null : recorded.event();
        String id = event == null ? null : event.eventId();
        if (recorded == null) {
            findings.add("position", "no event has the position " + position, position, null);
        } else if (event == null) {
            findings.add("event", "the event at the position %d is not there".formatted(position), position, named(leaf));
        } else {
            history(position, event, recorded.before());
        }
        if (leaf == null) {
            findings.add("leaf", "the position %d has no leaf".formatted(position), position, id);
            return event == null ? null : rebuilt(position, event);
        }
        Hash hash = hasher.leaf(leaf.entry().toArray());
        if (!Bytes.of(hash.toArray()).equals(leaf.hash())) {
            findings.add("leaf", "the hash of the leaf of the position %d is not that of its entry".formatted(position), position,
                    named(leaf));
        }
        entry(position, event, leaf);
        return leaf.hash().length() == Hash.LENGTH ? Hash.of(leaf.hash().toArray()) : hash;
    }

    private void history(long position, StoredEvent event, @Nullable Long before) {
        boolean isFirst = event.sequence() == 0;
        if (event.sequence() < 0 || (!isFirst && (before == null || before >= position))) {
            findings.add("sequence", "event %s is number %d of its history, and number %d does not stand before it"
                    .formatted(event.eventId(), event.sequence(), event.sequence() - 1), position, event.eventId());
        }
    }

    private void entry(long position, @Nullable StoredEvent event, RecordedLeaf leaf) {
        EventLeaf entry;
        try {
            entry = EventLeaf.parse(leaf.entry().toArray());
        } catch (MalformedInput e) {
            findings.add("entry", "the leaf of the position %d is no entry: %s".formatted(position, e.getMessage()), position,
                    event == null ? null : event.eventId());
            return;
        }
        if (entry.position() != position) {
            findings.add("entry", "the leaf of the position %d says that it is of %d".formatted(position, entry.position()),
                    position, entry.eventId());
        }
        if (event == null) {
            return;
        }
        if (!entry.eventId().equals(event.eventId())) {
            findings.add("entry", "the position %d was given to event %s, and has event %s".formatted(position, entry.eventId(),
                    event.eventId()), position, entry.eventId());
        } else if (!entry.eventHash().equals(event.hash())) {
            findings.add("event", "event %s is not what was sealed: its payload, metadata, time, type or place was changed"
                    .formatted(event.eventId()), position, event.eventId());
        } else if (!entry.recordedAt().equals(time(event))) {
            findings.add("entry", "the leaf of event %s has another time".formatted(event.eventId()), position, event.eventId());
        }
    }

    private @Nullable Hash rebuilt(long position, StoredEvent event) {
        Instant time = time(event);
        return time == null
                ? null
                : hasher.leaf(new EventLeaf(event.eventId(), position, time, event.hash()).encode());
    }

    private static @Nullable Instant time(StoredEvent event) {
        try {
            return Instant.parse(event.timestamp());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable String named(@Nullable RecordedLeaf leaf) {
        try {
            return leaf == null ? null : EventLeaf.parse(leaf.entry().toArray()).eventId();
        } catch (MalformedInput e) {
            return null;
        }
    }
}
