package io.promptaudit.ledger.pack;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.leaf.EventLeaf;
import io.promptaudit.ledger.release.ReleaseCheck;
import io.promptaudit.ledger.verification.EntryCheck;
import io.promptaudit.ledger.verification.Findings;
import io.promptaudit.ledger.verification.LeafCheck;

/** Goes through a pack's events beside the ledger's entries: what an entry commits to, and which event an entry lacks. */
final class EventCheck implements EntryCheck {
    private static final String EVENT = "event";
    private static final String COMPLETENESS = "completeness";

    private final EventLines lines;
    private final @Nullable Completeness claim;
    private final Findings findings;
    private final ReleaseCheck releases;
    private final PackReceipts receipts;
    private final EpochOpenings openings;
    private final Sequences sequences = new Sequences();
    private final LeafCheck leaves = new LeafCheck();
    private @Nullable EventLine next;
    private long position;
    private long events;

    /** @param claim what the pack says it holds, or null */
    EventCheck(EventLines lines, @Nullable Completeness claim, Findings findings, ReleaseCheck releases,
            PackReceipts receipts, EpochOpenings openings) {
        this.lines = lines;
        this.openings = openings;
        this.receipts = receipts;
        this.claim = claim;
        this.findings = findings;
        this.releases = releases;
        advance();
    }

    @Override
    public void check(long index, byte[] entry) {
        while (next != null && next.position() <= index) {
            unproven(next, "its entry is not there");
        }
        EventLine line = next;
        if (line == null || line.position() != index + 1) {
            requireNotClaimed(LeafCheck.leaf(index, entry));
            return;
        }
        try {
            compare(line, index, entry);
        } finally {
            take(line);
            advance();
            receipts.verify(line, entry);
        }
    }

    @Override
    public String subject(byte[] entry) {
        return leaves.subject(entry);
    }

    /** The entry is the one that follows from the event, byte for byte. */
    private void compare(EventLine line, long index, byte[] entry) {
        EventLeaf expected = line.leaf();
        if (!Arrays.equals(expected.encode(), entry)) {
            throw new VerificationFailed("its %s is not that of event %s, position %d, in %s".formatted(
                    differing(expected, LeafCheck.leaf(index, entry)), line.event().eventId(), line.position(),
                    EventLine.MEMBER));
        }
    }

    private static String differing(EventLeaf expected, EventLeaf actual) {
        if (!expected.eventId().equals(actual.eventId())) {
            return "eventId";
        }
        return expected.recordedAt().equals(actual.recordedAt()) ? "eventHash" : "recordedAt";
    }

    /** A pack of the trail says that it has every event of its period. */
    private void requireNotClaimed(EventLeaf leaf) {
        if (claim != null && claim.prompt() == null && claim.covers(leaf.recordedAt())) {
            findings.contradict(COMPLETENESS, "event %s, position %d, is of the period and not in the pack"
                    .formatted(leaf.eventId(), leaf.position()));
        }
    }

    private void unproven(EventLine line, String why) {
        findings.lack(EVENT, "event %s, position %d: %s".formatted(line.event().eventId(), line.position(), why));
        take(line);
        advance();
    }

    private void take(EventLine line) {
        receipts.meet(line);
        findings.run(COMPLETENESS, () -> {
            try {
                sequences.follow(line.event());
            } catch (VerificationFailed hole) {
                releases.tear(line.event().aggregateId());
                throw hole;
            }
            if (claim != null && !claim.isBeforeEnd(line.recordedAt())) {
                throw new VerificationFailed("event %s, position %d, is not of the period".formatted(line.event().eventId(),
                        line.position()));
            }
        });
        if (!sequences.isTorn(line.event().aggregateId())) {
            releases.accept(line.position(), line.event());
            openings.meet(line);
        }
    }

    private void advance() {
        next = null;
        boolean read = false;
        while (!read) {
            read = findings.run(EVENT, () -> next = following());
        }
    }

    private @Nullable EventLine following() {
        EventLine line = lines.next();
        if (line != null) {
            events++;
            if (line.position() <= position) {
                throw new MalformedInput(EventLine.MEMBER,
                        "event %s, position %d, is not behind position %d".formatted(line.event().eventId(), line.position(),
                                position));
            }
            position = line.position();
        }
        return line;
    }

    /**
     * Goes through the events behind the last entry, and holds what there was against what there should be.
     *
     * @param size how many entries the checkpoint is over; negative where there is none
     */
    void finish(long size) {
        while (next != null) {
            EventLine line = next;
            if (size >= 0 && line.position() > size) {
                findings.contradict(EVENT, "event %s says that its position is %d, and the ledger has %d entries"
                        .formatted(line.event().eventId(), line.position(), size));
                take(line);
                advance();
            } else {
                unproven(line, "there is no entry to compare it with");
            }
        }
        if (claim == null) {
            return;
        }
        if (claim.events() != events) {
            findings.contradict(COMPLETENESS, "there are %d events instead of %d".formatted(events, claim.events()));
        }
        if (size >= 0 && claim.size() != size) {
            findings.contradict(COMPLETENESS, "it is over %d entries, and the checkpoint over %d".formatted(claim.size(), size));
        }
        if (claim.prompt() != null && !sequences.knows("prompt:" + claim.prompt())) {
            findings.lack(COMPLETENESS, "there is no event of prompt:" + claim.prompt());
        }
    }

    /** How many events were looked at. */
    long events() {
        return events;
    }
}
