package io.promptaudit.server.witness;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.NoteSignature;
import io.promptaudit.ledger.note.SignedNote;

/** Which checkpoint is the newest, which one a quorum cosigned, and since when it should have cosigned a newer one. */
final class Cosigning {
    private final int quorum;
    private final Duration again;
    private @Nullable SignedNote newest;
    private @Nullable Round round;
    private @Nullable Round witnessed;
    private @Nullable Instant dueSince;
    private long version;

    /** One checkpoint, and who cosigned it. */
    private static final class Round {
        private final SignedNote note;
        private final Instant begun;
        private final Map<String, Cosignature> cosignatures = new LinkedHashMap<>();
        private int pending;

        private record Cosignature(NoteSignature signature, Instant at) {}

        Round(SignedNote note, Instant begun) {
            this.note = note;
            this.begun = begun;
        }

        boolean isOf(SignedNote other) {
            return note.text().equals(other.text());
        }

        /** When enough cosignatures were there; null while they are not. */
        @Nullable
        Instant reachedAt(int quorum) {
            return cosignatures.values().stream().map(Cosignature::at).sorted(Comparator.reverseOrder()).skip(quorum - 1L)
                    .findFirst().orElse(null);
        }

        SignedNote cosigned() {
            var signatures = new ArrayList<>(note.signatures());
            cosignatures.values().forEach(one -> signatures.add(one.signature()));
            return new SignedNote(note.text(), signatures);
        }
    }

    Cosigning(int quorum, Duration again) {
        this.quorum = quorum;
        this.again = again;
    }

    /** Takes note of a checkpoint. Another origin begins anew. */
    synchronized void sealed(SignedNote note, Instant now) {
        if (newest == null || !origin(newest).equals(origin(note))) {
            round = null;
            witnessed = null;
            dueSince = now;
        } else if (dueSince == null && !newest.text().equals(note.text())) {
            dueSince = now;
        }
        newest = note;
        changed();
    }

    synchronized @Nullable SignedNote newest() {
        return newest;
    }

    /** Whether the last round may still reach the quorum: all of them cosign the same checkpoint, or none is cosigned by enough. */
    synchronized boolean isOpen() {
        return round != null && round.pending > 0 && round.reachedAt(quorum) == null;
    }

    /** Whether anybody has yet to answer in the last round. */
    synchronized boolean isPending() {
        return round != null && round.pending > 0;
    }

    /** So many are asked for this checkpoint now. */
    synchronized void begin(SignedNote note, int asked, Instant now) {
        if (round == null || !round.isOf(note)) {
            round = new Round(note, now);
        }
        round.pending += asked;
    }

    /** One of them answered, with a cosignature or without. */
    synchronized void answered(SignedNote note, String witness, @Nullable NoteSignature cosignature, Instant now) {
        Round of = round != null && round.isOf(note) ? round : witnessed;
        if (of != null && of.isOf(note)) {
            of.pending--;
            if (cosignature != null) {
                of.cosignatures.put(witness, new Round.Cosignature(cosignature, now));
                reached(of);
            }
        }
        changed();
    }

    private void reached(Round by) {
        if (newest == null || by.reachedAt(quorum) == null || (witnessed != null && size(witnessed.note) > size(by.note))) {
            return;
        }
        witnessed = by;
        // What is newer was sealed after this round had begun.
        dueSince = by.isOf(newest) ? null : by.begun;
    }

    /** Grows with each change. */
    synchronized long version() {
        return version;
    }

    /** Waits until something has changed since then, or the time is over. */
    synchronized void awaitChange(long since, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (long left = most.toNanos(); version == since && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private void changed() {
        version++;
        notifyAll();
    }

    /** The newest checkpoint that a quorum cosigned, with all its cosignatures. */
    synchronized Optional<SignedNote> witnessed() {
        return Optional.ofNullable(witnessed).map(Round::cosigned);
    }

    /** The note with whatever cosignatures it has. */
    synchronized SignedNote cosigned(SignedNote note) {
        if (round != null && round.isOf(note)) {
            return round.cosigned();
        }
        return witnessed != null && witnessed.isOf(note) ? witnessed.cosigned() : note;
    }

    /** Since when, or from when on, a quorum should cosign: at once what is newer, and the same again after a while; null at first. */
    synchronized @Nullable Instant dueSince() {
        Instant reached = witnessed == null ? null : witnessed.reachedAt(quorum);
        return dueSince != null || reached == null ? dueSince : reached.plus(again);
    }

    synchronized boolean hasQuorum() {
        return witnessed != null;
    }

    private static String origin(SignedNote note) {
        return Checkpoint.parse(note.text()).origin();
    }

    static long size(SignedNote note) {
        return Checkpoint.parse(note.text()).size();
    }
}
