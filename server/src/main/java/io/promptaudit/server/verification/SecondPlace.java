package io.promptaudit.server.verification;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.NoteVerifier;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.server.ledger.Seals;

/** Whether what the second place knows is the ledger's own, and not more than the ledger has signed. */
final class SecondPlace {
    /** It is ahead for a moment: a checkpoint is kept before it is shown, and that of an epoch before the epoch is entered. */
    private static final int LOOKS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String CHECK = "second-place";

    private final Seals seals;
    private final Findings findings;

    SecondPlace(Seals seals, Findings findings) {
        this.seals = seals;
        this.findings = findings;
    }

    /** The checkpoint that it knows, whether it is good or not; empty when there is none to compare with. */
    Optional<SignedNote> check() throws InterruptedException {
        for (int look = 1;; look++) {
            Optional<SignedNote> kept = Optional.empty();
            String fault;
            try {
                kept = seals.known();
                fault = kept.isEmpty() ? "the second place has lost its checkpoints" : fault(kept.get());
            } catch (VerificationFailed e) {
                fault = "what the second place knows is not signed as it should be: " + e.getMessage();
            } catch (IOException | RuntimeException e) {
                fault = "the second place cannot be compared: " + e.getClass().getSimpleName();
            }
            if (fault == null || look == LOOKS) {
                if (fault != null) {
                    findings.add(CHECK, fault);
                }
                return kept;
            }
            Thread.sleep(PATIENCE);
        }
    }

    private @Nullable String fault(SignedNote note) {
        Checkpoint known = Checkpoint.parse(note.text());
        List<NoteVerifier> keys = seals.verifiers();
        if (keys.stream().noneMatch(key -> key.key().name().equals(known.origin()))) {
            return "the second place knows a checkpoint of " + known.origin() + ", which is not the ledger's epoch";
        }
        if (note.verify(keys).isEmpty()) {
            return "none of the ledger's keys signed what the second place knows";
        }
        return seals.newest().isPresent() && !seals.await(known.size(), PATIENCE)
                ? "the second place knows a checkpoint over %d events, and fewer are signed".formatted(known.size())
                : null;
    }
}
