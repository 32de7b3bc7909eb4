package io.promptaudit.server.ledger;

import java.time.Instant;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.promptaudit.command.trail.Alerts;
import io.promptaudit.server.sequence.TrailClock;

/**
 * Puts on record that nothing could be sealed, and why. While it is so nothing can be recorded, so the alert comes afterwards, and
 * says from when to when; health, the log and the answers say it meanwhile.
 */
@Component
class SealingWatch {
    /** The alert's id. */
    static final String ALERT = "sealing";
    private static final Logger LOG = LoggerFactory.getLogger(SealingWatch.class);

    private final Sealer sealer;
    private final Alerts alerts;
    private final InstantSource clock;
    private @Nullable String reason;
    private @Nullable Instant since;

    SealingWatch(Sealer sealer, Alerts alerts, TrailClock clock) {
        this.sealer = sealer;
        this.alerts = alerts;
        this.clock = clock;
    }

    /** Looks whether something is, or was, refused. What cannot be recorded now is tried again with the next look. */
    @Scheduled(fixedDelayString = "PT1S", initialDelayString = "PT1S")
    synchronized void look() {
        String refusal = sealer.refusal();
        if (refusal != null && since == null) {
            reason = refusal;
            since = clock.instant();
        }
        if (refusal == null && since != null) {
            tell();
        }
    }

    private void tell() {
        try {
            alerts.raise(ALERT, "nothing could be sealed from %s to %s: %s".formatted(since, clock.instant(), reason));
            alerts.clear(ALERT);
            since = null;
        } catch (RuntimeException e) {
            LOG.warn("That nothing could be sealed cannot be put on record now: {}", e.getClass().getName());
        }
    }
}
