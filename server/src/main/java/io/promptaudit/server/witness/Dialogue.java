package io.promptaudit.server.witness;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.NoteSignature;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.Prover;
import io.promptaudit.server.witness.WitnessClient.Answer;

/** What passes between the ledger and one witness, one checkpoint at a time, and what is known of the witness by it. */
final class Dialogue {
    private static final Logger LOG = LoggerFactory.getLogger(Dialogue.class);
    /** Beside us nobody sends the ledger's checkpoints, so the second answer is the last. */
    private static final int MOST_ATTEMPTS = 3;

    private final Witness witness;
    private final WitnessClient client;
    private final LongFunction<Prover> provers;
    private final WitnessTiming timing;
    private final InstantSource clock;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Standing standing = Standing.begin("");

    /**
     * How it stands with one epoch of the ledger. What the witness says of another history stays until it cosigns: that it does not
     * answer for a while explains nothing.
     *
     * @param origin of the epoch
     * @param cosigned what it cosigned last, if it did since the server was started
     * @param at when
     * @param beyond the size of the larger tree that it says it knows; 0 when it does not
     * @param contradicts whether it has seen another history of what the ledger has
     * @param error why it does not cosign now, if so
     * @param failures in a row
     * @param notBefore when to ask it again
     */
    record Standing(String origin, @Nullable Checkpoint cosigned, @Nullable Instant at, long beyond, boolean contradicts,
            @Nullable String error, int failures, Instant notBefore) {
        static Standing begin(String origin) {
            return new Standing(origin, null, null, 0, false, null, 0, Instant.MIN);
        }

        Standing cosigned(Checkpoint checkpoint, Instant now) {
            return new Standing(origin, checkpoint, now, 0, false, null, 0, Instant.MIN);
        }

        Standing failed(String why, Instant now, WitnessTiming timing) {
            return new Standing(origin, cosigned, at, beyond, contradicts, why, failures + 1,
                    now.plus(timing.retryAfter(failures + 1)));
        }

        Standing beyond(long size) {
            return new Standing(origin, cosigned, at, size, contradicts, error, failures, notBefore);
        }

        Standing contradicting() {
            return new Standing(origin, cosigned, at, 0, true, error, failures, notBefore);
        }
    }

    Dialogue(Witness witness, WitnessClient client, LongFunction<Prover> provers, WitnessTiming timing, InstantSource clock) {
        this.witness = witness;
        this.client = client;
        this.provers = provers;
        this.timing = timing;
        this.clock = clock;
    }

    String name() {
        return witness.name();
    }

    Standing standing() {
        return standing;
    }

    /** Whether the witness should be asked for this checkpoint now. */
    boolean wants(SignedNote checkpoint) {
        Standing now = standing;
        Instant moment = clock.instant();
        if (moment.isBefore(now.notBefore())) {
            return false;
        }
        Instant at = now.at();
        Checkpoint cosigned = now.cosigned();
        return at == null || cosigned == null || !cosigned.text().equals(checkpoint.text())
                || !moment.isBefore(at.plus(timing.again()));
    }

    /** Reserves it for one {@link #cosign}; false while another is under way. */
    boolean begin() {
        return busy.compareAndSet(false, true);
    }

    /** Asks for a cosignature; null when there is none. Ends what {@link #begin} began. */
    @Nullable
    NoteSignature cosign(SignedNote note) {
        Standing before = standing;
        try {
            return cosign(note, Checkpoint.parse(note.text()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (DataAccessException | MissingEvidence e) {
            failed("the ledger cannot prove what lies between the two trees: " + e.getClass().getSimpleName());
            return null;
        } catch (RuntimeException e) {
            LOG.error("The witness {} cannot be asked", name(), e);
            failed("it cannot be asked: " + e.getClass().getSimpleName());
            return null;
        } finally {
            busy.set(false);
            tell(before, standing);
        }
    }

    private @Nullable NoteSignature cosign(SignedNote note, Checkpoint checkpoint) throws InterruptedException {
        if (!standing.origin().equals(checkpoint.origin())) {
            standing = Standing.begin(checkpoint.origin());
        }
        long known = knownTo(checkpoint);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            if (known > checkpoint.size()) {
                failed("it knows a tree of %d entries, and this ledger has %d".formatted(known, checkpoint.size()));
                standing = standing.beyond(known);
                return null;
            }
            switch (client.add(witness, known, proof(known, checkpoint.size()), note)) {
                case Answer.Cosigned answer -> {
                    standing = standing.cosigned(checkpoint, clock.instant());
                    return answer.cosignature();
                }
                case Answer.OtherSize answer -> known = answer.size();
                case Answer.Contradiction() -> {
                    failed("it has seen another history of the first %d entries than this ledger has".formatted(known));
                    standing = standing.contradicting();
                    return null;
                }
                case Answer.Failure(String why) -> {
                    failed(why);
                    return null;
                }
            }
        }
        failed("it does not keep to the size that it names");
        return null;
    }

    /** What the witness knows of the ledger, as far as we know; its answer corrects us. */
    private long knownTo(Checkpoint checkpoint) {
        Checkpoint cosigned = standing.cosigned();
        return cosigned == null || cosigned.size() > checkpoint.size() ? checkpoint.size() : cosigned.size();
    }

    private List<Hash> proof(long from, long to) {
        return from == 0 || from == to ? List.of() : provers.apply(to).consistency(from, to).path();
    }

    private void failed(String why) {
        standing = standing.failed(why, clock.instant(), timing);
    }

    private void tell(Standing before, Standing after) {
        if (after.error() != null && !after.error().equals(before.error())) {
            LOG.warn("The witness {} does not cosign: {}", name(), after.error());
        } else if (after.error() == null && before.error() != null) {
            LOG.info("The witness {} cosigns again", name());
        }
    }
}
