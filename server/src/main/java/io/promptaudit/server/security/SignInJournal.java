package io.promptaudit.server.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.axonframework.spring.config.SpringAxonConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.promptaudit.api.CredentialKind;
import io.promptaudit.api.SignInRefusal;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.command.trail.OutcomeUnknown;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.command.trail.SignInRecorder;

/**
 * Counts refused sign-ins and has them recorded a moment later, so that the door never waits for the store: the first of a kind
 * within a second, more of the same kind together a minute later, and no more than {@value #MOST_A_MINUTE} events a minute.
 */
@Component
class SignInJournal implements SmartLifecycle {
    static final int MOST_A_MINUTE = 60;
    static final int MOST_KINDS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(SignInJournal.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SignInRecorder recorder;
    private final InstantSource clock;
    private final ConcurrentHashMap<Kind, Tally> untold = new ConcurrentHashMap<>();
    private final Set<Kind> toldThisMinute = new HashSet<>();
    private Instant minuteEnds = Instant.MIN;
    private volatile boolean running;

    private record Kind(@Nullable String account, CredentialKind credential, SignInRefusal reason) {}

    private record Tally(long attempts, RequestContext last) {
        Tally and(Tally later) {
            return new Tally(attempts + later.attempts, later.last);
        }
    }

    SignInJournal(SignInRecorder recorder, InstantSource clock) {
        this.recorder = recorder;
        this.clock = clock;
    }

    /** Counts one. {@code account} is null when what was typed names none. */
    void count(@Nullable String account, CredentialKind credential, SignInRefusal reason, RequestContext context) {
        var kind = new Kind(account, credential, reason);
        boolean isRoom = untold.size() < MOST_KINDS || untold.containsKey(kind);
        untold.merge(isRoom ? kind : new Kind(null, credential, reason), new Tally(1, context), Tally::and);
    }

    /** Records what may be told now. */
    @Scheduled(fixedDelayString = "PT1S")
    synchronized void tell() {
        Instant now = clock.instant();
        if (!now.isBefore(minuteEnds)) {
            toldThisMinute.clear();
            minuteEnds = now.plus(MINUTE);
        }
        for (Kind kind : untold.keySet()) {
            if (toldThisMinute.size() < MOST_A_MINUTE && toldThisMinute.add(kind)) {
                tell(kind);
            }
        }
    }

    private void tell(Kind kind) {
        Tally tally = untold.remove(kind);
        if (tally == null) {
            return;
        }
        try {
            recorder.record(new SignInRefused(kind.account(), kind.credential(), kind.reason(), tally.attempts()), tally.last());
        } catch (OutcomeUnknown e) {
            LOG.warn("refused sign-ins were written, but not known to be durable in time");
        } catch (RuntimeException e) {
            untold.merge(kind, tally, (since, before) -> before.and(since));
            LOG.warn("refused sign-ins could not be recorded and are kept for the next minute: {}", e.getClass().getName());
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Nothing that was counted is lost in an orderly stop. */
    @Override
    public synchronized void stop() {
        running = false;
        untold.keySet().forEach(this::tell);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the door is closed, and before the store is. */
    @Override
    public int getPhase() {
        return SpringAxonConfiguration.LIFECYCLE_PHASE + 1;
    }
}
