package io.promptaudit.ledger.pack;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.encoding.JsonReader;
import io.promptaudit.ledger.encoding.JsonValue.JsonNumber;
import io.promptaudit.ledger.encoding.JsonValue.JsonObject;
import io.promptaudit.ledger.encoding.JsonValue.JsonText;
import io.promptaudit.ledger.verification.Findings;
import io.promptaudit.ledger.verification.LedgerVerification;

/**
 * Tells the ledger's verification of the events that opened its epochs. What stands before such an event was there when somebody decided
 * it, or came in that moment, when nothing more was signed in the old epoch: it is what the old epoch signed.
 */
final class EpochOpenings {
    private static final String CHECK = "epoch";
    private static final String TYPE = "io.promptaudit.api.event.EpochOpened";
    /** Without a hole in this history, whoever tells of an opening tells of all before it. What stands elsewhere opens nothing. */
    private static final String HISTORY = "server:ledger";

    private final LedgerVerification ledger;
    private final @Nullable Completeness claim;
    private final Findings findings;

    EpochOpenings(LedgerVerification ledger, @Nullable Completeness claim, Findings findings) {
        this.ledger = ledger;
        this.claim = claim;
        this.findings = findings;
    }

    /** There is such an event, and all of its history before it. */
    void meet(EventLine line) {
        if (TYPE.equals(line.event().payloadType()) && HISTORY.equals(line.event().aggregateId())) {
            findings.run(CHECK, () -> opened(line));
        }
    }

    private void opened(EventLine line) {
        String event = "event %s, position %d, ".formatted(line.event().eventId(), line.position());
        if (!(JsonReader.parse(line.event().payload().toArray(), "payload") instanceof JsonObject body)
                || !(body.members().get("origin") instanceof JsonText origin)
                || !(body.members().get("kept") instanceof JsonNumber kept) || !kept.literal().matches("[0-9]{1,18}")) {
            throw new MalformedInput(event + "payload", "does not say which epoch it opens and what is kept");
        }
        if (Long.parseLong(kept.literal()) >= line.position()) {
            throw new VerificationFailed(event + "says that %s entries were there before it".formatted(kept.literal()));
        }
        ledger.opened(origin.text(), line.position() - 1);
    }

    /** All events have been met: a pack that ends with its ledger tells of the opening. */
    void finish() {
        Checkpoint checkpoint = ledger.claim();
        if (checkpoint == null || claim == null || claim.to() != null || !ledger.isUnopened()) {
            return;
        }
        String unopened = "the ledger is %s, and no event tells who opened that epoch".formatted(checkpoint.origin());
        if (claim.prompt() == null) {
            findings.contradict(CHECK, unopened);
        } else {
            findings.lack(CHECK, unopened);
        }
    }
}
