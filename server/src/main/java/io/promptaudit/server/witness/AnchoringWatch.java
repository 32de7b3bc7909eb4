package io.promptaudit.server.witness;

import java.time.Duration;
import java.util.List;

import org.axonframework.spring.config.SpringAxonConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import io.promptaudit.command.trail.Alerts;
import io.promptaudit.command.trail.Settings;
import io.promptaudit.server.watch.Watch;

/** Puts on record when the witnesses that are configured do not remember the ledger, or another one; and which are configured. */
final class AnchoringWatch implements SmartLifecycle {
    /** The alerts' ids. */
    static final String LATE = "ledger-witnesses";
    static final String FORK = "ledger-fork";
    private static final String WITNESSES = "promptaudit.ledger.witnesses";
    private static final String SECOND_PLACE = "promptaudit.ledger.checkpoints";
    private static final String INSIDE = "in the data folder";
    private static final Logger LOG = LoggerFactory.getLogger(AnchoringWatch.class);
    /** After the first admin was made, before the web server. */
    private static final int PHASE = SpringAxonConfiguration.LIFECYCLE_PHASE + 2;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Anchoring anchoring;
    private final WitnessGroup group;
    private final Alerts alerts;
    private final Settings settings;
    private final Watch watch = new Watch("anchoring", PAUSE, this::look);
    private boolean isTold;
    private volatile boolean running;

    AnchoringWatch(Anchoring anchoring, WitnessGroup group, Alerts alerts, Settings settings) {
        this.anchoring = anchoring;
        this.group = group;
        this.alerts = alerts;
        this.settings = settings;
    }

    /** Looks now. What cannot be put on record now is tried again with the next look. */
    synchronized void look() {
        try {
            if (!isTold) {
                settings.record(WITNESSES, group.toString(), WitnessGroup.NO_QUORUM);
                settings.record(SECOND_PLACE, anchoring.hasSecondPlaceOutside() ? "outside the data folder" : INSIDE, INSIDE);
                isTold = true;
            }
            stand(LATE, anchoring.isLate(), "no quorum of witnesses (%s) cosigns the newest checkpoint".formatted(group));
            List<String> contradicting = anchoring.contradicting();
            stand(FORK, !contradicting.isEmpty(),
                    "seen with another history under the ledger's key by " + String.join(", ", contradicting));
        } catch (RuntimeException e) {
            LOG.warn("How the ledger is witnessed cannot be put on record now: {}", e.getClass().getName());
        }
    }

    private void stand(String alert, boolean isWrong, String detail) {
        if (isWrong && alerts.raise(alert, detail)) {
            LOG.error("The ledger is {}", detail.startsWith("seen") ? detail : "less well witnessed than configured: " + detail);
        } else if (!isWrong && alerts.clear(alert)) {
            LOG.warn("The alert {} is over", alert);
        }
    }

    @Override
    public void start() {
        running = true;
        look();
        watch.start();
    }

    @Override
    public void stop() {
        running = false;
        watch.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
