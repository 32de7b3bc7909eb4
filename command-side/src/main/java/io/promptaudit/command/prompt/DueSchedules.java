package io.promptaudit.command.prompt;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.command.PromptCommand.ExecuteSchedule;
import io.promptaudit.command.prompt.PendingSchedules.Due;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.command.trail.ServerAccount;
import io.promptaudit.command.trail.TrailUnavailable;

/**
 * Executes schedules whose moment has come. The prompt decides each under the locks of a deployment, and its event and the end
 * of its row are one transaction: whoever comes second, in this process or another, finds nothing to do, and what a crash
 * leaves undone is found again.
 */
public final class DueSchedules {
    private static final Logger LOG = LoggerFactory.getLogger(DueSchedules.class);
    private static final int MOST_AT_ONCE = 1000;

    private final PendingSchedules pending;
    private final Recorder recorder;
    private final InstantSource clock;
    private final Duration grace;
    private volatile boolean waiting;

    /** @param grace how long after its moment a schedule is still executed; later it is cancelled as missed */
    public DueSchedules(PendingSchedules pending, Recorder recorder, InstantSource clock, Duration grace) {
        this.pending = pending;
        this.recorder = recorder;
        this.clock = clock;
        this.grace = grace;
    }

    /** Has every schedule that is due decided. What cannot be recorded now stays due. */
    public void execute() {
        Instant now = clock.instant();
        try {
            for (Due due : pending.dueBy(now, MOST_AT_ONCE)) {
                execute(due, now);
            }
            waiting = false;
        } catch (TrailUnavailable | DataAccessException e) {
            if (!waiting) {
                LOG.warn("Schedules wait until events can be recorded again");
            }
            waiting = true;
        }
    }

    private void execute(Due due, Instant now) {
        boolean missed = due.at().plus(grace).isBefore(now);
        String request = UUID.randomUUID().toString();
        try {
            recorder.decide(new ExecuteSchedule(due.prompt(), due.schedule(), due.account(), due.onBehalfOf(), missed),
                    ServerAccount.caller(), new RequestContext(request, request, null, null, null));
        } catch (IllegalStateException | UnknownThing altered) {
            LOG.error("The pending schedule {} is not what its event says; somebody altered its row", due.schedule());
        }
    }
}
