package io.promptaudit.server.verification;

import java.util.Map;
import java.util.Optional;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.server.ledger.Seals;

/** Verifies everything that is sealed, once, from the first position on. Holds a few events at a time. */
final class Round {
    /** Events read at once: each may have a mebibyte. */
    private static final int PORTION = 16;

    private final RecordedTrail trail;
    private final Seals seals;
    private final Pace pace;
    private final Findings findings = new Findings();
    private volatile long entries;

    Round(RecordedTrail trail, Seals seals, Pace pace) {
        this.trail = trail;
        this.seals = seals;
        this.pace = pace;
    }

    Findings findings() {
        return findings;
    }

    /** How many entries were verified so far. */
    long entries() {
        return entries;
    }

    /** @param between called after each portion of work, when there may be more {@link #findings} */
    void run(Runnable between) throws InterruptedException {
        Optional<SignedNote> kept = new SecondPlace(seals, findings).check();
        Optional<SignedNote> signed = seals.newest().or(() -> kept);
        if (signed.isEmpty()) {
            findings.add("checkpoint", "there is no signed checkpoint to compare with");
            return;
        }
        verify(signed.get());
        between.run();
        Checkpoint checkpoint = Checkpoint.parse(signed.get().text());
        var tree = new TreeCheck(trail, findings);
        var events = new EventCheck(findings);
        Optional<Checkpoint> second = kept.map(note -> Checkpoint.parse(note.text()));
        Map<Long, Bytes> roots = Map.of();
        for (long first = 1; first <= checkpoint.size(); first += PORTION) {
            long begun = System.nanoTime();
            long last = Math.min(first + PORTION - 1, checkpoint.size());
            Map<Long, RecordedEvent> recorded = trail.events(first, last);
            Map<Long, RecordedLeaf> leaves = trail.leaves(first, last);
            roots = trail.roots(first, last);
            for (long position = first; position <= last; position++) {
                tree.append(events.check(position, recorded.get(position), leaves.get(position)), roots);
                second.ifPresent(known -> tree.compare(known, "second-place", "the second place"));
            }
            entries = last;
            pace.rest(System.nanoTime() - begun);
            between.run();
        }
        tree.compare(checkpoint, "checkpoint", "the signed checkpoint");
        tree.requireWritten(roots);
        trail.surplus().forEach(surplus -> findings.add("surplus", surplus));
    }

    private void verify(SignedNote note) {
        try {
            if (note.verify(seals.verifiers()).isEmpty()) {
                findings.add("checkpoint", "none of the ledger's keys signed the checkpoint");
            }
        } catch (MalformedInput | VerificationFailed e) {
            findings.add("checkpoint", "the checkpoint is not signed as it should be: " + e.getMessage());
        } catch (RuntimeException e) {
            findings.add("checkpoint", "the checkpoint's signatures cannot be verified: " + e.getMessage());
        }
    }
}
