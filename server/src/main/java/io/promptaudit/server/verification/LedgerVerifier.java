package io.promptaudit.server.verification;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import org.axonframework.spring.config.SpringAxonConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

import io.promptaudit.command.trail.Alerts;
import io.promptaudit.server.ledger.EpochEntered;
import io.promptaudit.server.verification.VerificationView.State;
import io.promptaudit.server.watch.Watch;

/** Verifies the whole ledger at the start, again and again after that, and when asked to; tells the trail when it is not good. */
final class LedgerVerifier implements SmartLifecycle {
    /** The alert's id. */
    static final String ALERT = "ledger-verification";
    private static final Logger LOG = LoggerFactory.getLogger(LedgerVerifier.class);
    /** After the first admin was made, before the web server. */
    private static final int PHASE = SpringAxonConfiguration.LIFECYCLE_PHASE + 2;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Supplier<Round> rounds;
    private final Duration every;
    private final Alerts alerts;
    private final InstantSource clock;
    private final Watch watch = new Watch("verification", LOOK, this::look);
    private final Semaphore asked = new Semaphore(1);
    private volatile @Nullable Running running;
    private volatile @Nullable Ended ended;
    private boolean isTold;
    private volatile boolean started;

    private record Running(Round round, Instant startedAt, long began) {}

    private record Ended(State result, Instant startedAt, Instant finishedAt, long entries, long perSecond, Findings findings) {}

    /** @param every how long after a round the next one begins */
    LedgerVerifier(Supplier<Round> rounds, Duration every, Alerts alerts, InstantSource clock) {
        this.rounds = rounds;
        this.every = every;
        this.alerts = alerts;
        this.clock = clock;
    }

    /** Has a round begin soon, or another one when the round under way is over; so it does when the ledger enters an epoch. */
    @EventListener(EpochEntered.class)
    void request() {
        asked.drainPermits();
        asked.release();
    }

    private void look() throws InterruptedException {
        Ended last = ended;
        boolean isDue = last == null || !clock.instant().isBefore(last.finishedAt().plus(every));
        if (asked.tryAcquire() || isDue) {
            run(rounds.get());
        }
        tell();
    }

    private void run(Round round) throws InterruptedException {
        var now = new Running(round, clock.instant(), System.nanoTime());
        running = now;
        isTold = false;
        try {
            round.run(() -> tellAtOnce(round.findings()));
        } catch (RuntimeException e) {
            LOG.error("The ledger could not be verified to its end", e);
            round.findings().add("readable", "the round ended at the position %d: %s".formatted(round.entries(),
                    e.getClass().getSimpleName()));
        } finally {
            running = null;
        }
        State result = round.findings().count() == 0 ? State.GOOD : State.FAILED;
        ended = new Ended(result, now.startedAt(), clock.instant(), round.entries(), perSecond(now), round.findings());
        LOG.info("The ledger was verified up to the position {}: {}", round.entries(), result);
    }

    private static long perSecond(Running of) {
        double seconds = Math.max(1, System.nanoTime() - of.began()) / 1e9;
        return Math.round(of.round().entries() / seconds);
    }

    /** What cannot be put on record now is tried again with the next look. */
    private void tell() {
        Ended last = ended;
        if (last != null && !isTold) {
            isTold = isOnRecord(last.findings());
        }
    }

    /** A round may take hours: its first finding does not wait for the end, nor for the next one. */
    private void tellAtOnce(Findings findings) {
        if (!isTold && findings.count() > 0) {
            isTold = isOnRecord(findings);
        }
    }

    private boolean isOnRecord(Findings findings) {
        try {
            if (findings.count() == 0) {
                if (alerts.clear(ALERT)) {
                    LOG.warn("The ledger is as it was sealed again");
                }
            } else {
                // Without the count: the first thing that is wrong is the same in each round.
                String detail = findings.first().getFirst().toString();
                if (alerts.raise(ALERT, detail)) {
                    LOG.error("The ledger is not as it was sealed: {}", detail);
                }
            }
            return true;
        } catch (RuntimeException e) {
            LOG.debug("The verification's result cannot be put on record now", e);
            return false;
        }
    }

    VerificationView view() {
        Running now = running;
        Ended last = ended;
        boolean isFound = now != null && now.round().findings().count() > 0;
        Findings findings = isFound && now != null ? now.round().findings() : last == null ? new Findings() : last.findings();
        State result = last == null ? null : last.result();
        Instant finishedAt = last == null ? null : last.finishedAt();
        Duration age = finishedAt == null ? null : Duration.ofSeconds(Duration.between(finishedAt, clock.instant()).toSeconds());
        if (now != null) {
            return new VerificationView(State.RUNNING, result, now.startedAt(), finishedAt, age, now.round().entries(),
                    perSecond(now), findings.count(), findings.first());
        }
        return last == null
                ? new VerificationView(State.RUNNING, null, null, null, null, 0, 0, 0, List.of())
                : new VerificationView(last.result(), result, last.startedAt(), finishedAt, age, last.entries(), last.perSecond(),
                        findings.count(), findings.first());
    }

    @Override
    public void start() {
        started = true;
        watch.start();
    }

    @Override
    public void stop() {
        started = false;
        watch.stop();
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
