package io.promptaudit.server.verification;

import java.time.Duration;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.promptaudit.server.health.TrailStatus;
import io.promptaudit.server.verification.VerificationView.State;

/**
 * DEGRADED while something is not as it was sealed: what happens from now on is recorded all the same, because stopping would lose
 * that as well. Measured, too.
 */
final class VerificationHealth implements HealthIndicator, MeterBinder {
    private final LedgerVerifier verifier;

    VerificationHealth(LedgerVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public Health health() {
        VerificationView now = verifier.view();
        return (now.found() == 0 ? Health.up() : Health.status(TrailStatus.DEGRADED)).withDetail("state", now.state())
                .withDetail("found", now.found()).withDetail("findings", now.findings()).build();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "found", "Things that are not as they were sealed", VerificationView::found);
        gauge(registry, "entries", "Entries verified in this round, or the last", VerificationView::entries);
        gauge(registry, "speed", "Entries a second in this round, or the last", VerificationView::entriesPerSecond);
        Gauge.builder("promptaudit.ledger.verification.good", verifier, of -> of.view().lastResult() == State.GOOD ? 1 : 0)
                .description("1 when the last round that ended found everything good").register(registry);
        Gauge.builder("promptaudit.ledger.verification.age", verifier, VerificationHealth::age).baseUnit("seconds")
                .description("Time since the last round ended; NaN before the first").register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, Figure figure) {
        Gauge.builder("promptaudit.ledger.verification." + name, verifier, of -> figure.of(of.view())).description(description)
                .register(registry);
    }

    private static double age(LedgerVerifier of) {
        Duration age = of.view().age();
        return age == null ? Double.NaN : age.toSeconds();
    }

    @FunctionalInterface
    private interface Figure {
        double of(VerificationView view);
    }
}
