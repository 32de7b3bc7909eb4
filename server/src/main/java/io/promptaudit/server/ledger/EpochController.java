package io.promptaudit.server.ledger;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.event.EpochOpened;
import io.promptaudit.api.event.LedgerKeysRotated;
import io.promptaudit.command.trail.LedgerDecisions;
import io.promptaudit.command.trail.OutcomeUnknown;
import io.promptaudit.command.trail.Recorded;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.command.trail.TrailUnavailable;
import io.promptaudit.command.validation.Reasons;
import io.promptaudit.ledger.note.NoteSigner;
import io.promptaudit.ledger.note.SignedNote;

/** Takes what an admin decides on how the ledger is signed. */
@RestController
@RequestMapping(path = "/api/v1/ledger", consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class EpochController {
    private static final String OPEN = "OpenEpoch";
    private static final String ROTATE = "RotateLedgerKeys";

    private final Epochs epochs;
    private final Sealer sealer;
    private final LedgerDecisions decisions;
    private final ApplicationEventPublisher events;

    EpochController(Epochs epochs, Sealer sealer, LedgerDecisions decisions, ApplicationEventPublisher events) {
        this.epochs = epochs;
        this.sealer = sealer;
        this.decisions = decisions;
        this.events = events;
    }

    record Decision(String reason) {}

    /** Goes on under a new origin and new keys, also while nothing can be sealed: that is what it is for. */
    @PostMapping("/epochs")
    @ResponseStatus(HttpStatus.CREATED)
    synchronized Recorded openEpoch(@RequestBody Decision body, Caller caller, RequestContext context) {
        decisions.requireAdmin(OPEN, caller, context);
        Reasons.require(body.reason());
        String finding = sealer.refusal();
        try {
            SignedNote known = sealer.known().orElse(null);
            List<String> retired = retired();
            Epoch next = Epoch.opened(epochs.next(known));
            epochs.keys().make(KeySet.first(next.origin()));
            List<NoteSigner> signers = epochs.signers(next);
            Tip begin = sealer.prepare(next);
            Recorded recorded = decisions.record(OPEN,
                    new EpochOpened(next.origin().epoch(), next.origin().toString(), Epochs.verifiers(signers), retired,
                            body.reason(), begin.size(), finding, text(known)),
                    epochs.decisions().size(), caller, context);
            sealer.enter(next);
            events.publishEvent(new EpochEntered());
            return recorded;
        } catch (IOException | KeysMissing e) {
            throw unavailable(e);
        }
    }

    /** The old keys, unless they are what was lost. */
    private List<String> retired() {
        try {
            return Epochs.verifiers(epochs.signers(epochs.current()));
        } catch (KeysMissing lost) {
            return List.of();
        }
    }

    private static @Nullable String text(@Nullable SignedNote note) {
        return Optional.ofNullable(note).map(known -> new String(known.encode(), java.nio.charset.StandardCharsets.UTF_8))
                .orElse(null);
    }

    /** Signs with new keys from now on, and for a while with the old ones too. */
    @PostMapping("/key-rotations")
    @ResponseStatus(HttpStatus.CREATED)
    synchronized Recorded rotateKeys(@RequestBody Decision body, Caller caller, RequestContext context) {
        decisions.requireAdmin(ROTATE, caller, context);
        Reasons.require(body.reason());
        String refusal = sealer.refusal();
        if (refusal != null) {
            throw unavailable(new KeysMissing("nothing can be sealed now, because " + refusal));
        }
        try {
            Epoch now = epochs.current();
            Epoch next = now.rotated(now.newestGeneration() + 1, epochs.now());
            epochs.keys().make(new KeySet(now.origin(), next.newestGeneration()));
            List<String> retired = Epochs.verifiers(epochs.signers(now));
            List<String> keys = Epochs.verifiers(epochs.signers(next)).stream().filter(key -> !retired.contains(key)).toList();
            return rotated(now, next,
                    new LedgerKeysRotated(now.origin().toString(), next.newestGeneration(), retired, keys, body.reason()), caller,
                    context);
        } catch (KeysMissing e) {
            throw unavailable(e);
        }
    }

    /** Both sign before the event is recorded, so that it is under both. */
    private Recorded rotated(Epoch now, Epoch next, LedgerKeysRotated event, Caller caller, RequestContext context) {
        sealer.enter(next);
        try {
            return decisions.record(ROTATE, event, epochs.decisions().size(), caller, context);
        } catch (OutcomeUnknown e) {
            // Perhaps it is on record: what is there decides, when it is read again.
            epochs.forget();
            throw e;
        } catch (RuntimeException e) {
            sealer.enter(now);
            throw e;
        }
    }

    private static TrailUnavailable unavailable(Exception cause) {
        return new TrailUnavailable(cause.getMessage() + "; nothing changed", cause);
    }
}
