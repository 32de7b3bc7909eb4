package io.promptaudit.server.guard;

import java.util.List;

import org.axonframework.spring.config.SpringAxonConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

import io.promptaudit.command.trail.Alerts;

/** Looks at the guards at the start and every minute, and tells the log and the trail when one is missing, or back. */
@Component
public class GuardCheck implements SmartLifecycle {
    /** The alert's id. */
    static final String ALERT = "guards";
    /** After the first admin was made, before the web server. */
    private static final int PHASE = SpringAxonConfiguration.LIFECYCLE_PHASE + 2;
    private static final Logger LOG = LoggerFactory.getLogger(GuardCheck.class);

    private final Guards guards;
    private final Alerts alerts;
    private volatile List<String> missing = List.of();
    private volatile boolean running;

    GuardCheck(Guards guards, Alerts alerts) {
        this.guards = guards;
        this.alerts = alerts;
    }

    /** What was missing, changed or switched off when the guards were last looked at, in plain words. */
    public List<String> missing() {
        return missing;
    }

    /** Looks at the guards now. What cannot be put on record now is tried again with the next look. */
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    public synchronized void look() {
        List<String> found = find();
        if (!found.equals(missing)) {
            if (found.isEmpty()) {
                LOG.warn("The guards of what is recorded are as they should be again");
            } else {
                LOG.error("Guards of what is recorded are missing: {}", String.join("; ", found));
            }
        }
        missing = found;
        try {
            if (found.isEmpty()) {
                alerts.clear(ALERT);
            } else {
                alerts.raise(ALERT, String.join("; ", found));
            }
        } catch (RuntimeException e) {
            LOG.warn("The state of the guards cannot be put on record now: {}", e.getClass().getName());
        }
    }

    private List<String> find() {
        try {
            return List.copyOf(guards.missing());
        } catch (DataAccessException | TransactionException e) {
            return List.of("the guards cannot be looked at: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public void start() {
        look();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
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
