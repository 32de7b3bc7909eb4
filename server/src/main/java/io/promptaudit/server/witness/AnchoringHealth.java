package io.promptaudit.server.witness;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.promptaudit.command.trail.Sequence;
import io.promptaudit.server.health.TrailStatus;
import io.promptaudit.server.ledger.Seals;

/**
 * DEGRADED while the ledger is less well witnessed than configured or somebody has seen another history, DOWN while writes are refused
 * for it. Measured, too.
 */
final class AnchoringHealth implements HealthIndicator, MeterBinder {
    private final Anchoring anchoring;
    private final Witnessing witnessing;
    private final Seals seals;
    private final Sequence sequence;
    private final InstantSource clock;

    AnchoringHealth(Anchoring anchoring, Witnessing witnessing, Seals seals, Sequence sequence, InstantSource clock) {
        this.anchoring = anchoring;
        this.witnessing = witnessing;
        this.seals = seals;
        this.sequence = sequence;
        this.clock = clock;
    }

    @Override
    public Health health() {
        String reason = anchoring.reason();
        List<String> contradicting = anchoring.contradicting();
        Health.Builder health = reason != null
                ? Health.down().withDetail("reason", reason)
                : anchoring.isLate() || !contradicting.isEmpty() ? Health.status(TrailStatus.DEGRADED) : Health.up();
        return health.withDetail("state", anchoring.state()).withDetail("contradicting", contradicting)
                .withDetail("witnesses", witnessing.dialogues().stream().map(LedgerController.WitnessView::of).toList()).build();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (LedgerState state : LedgerState.values()) {
            Gauge.builder("promptaudit.ledger.state", anchoring, now -> now.state() == state ? 1 : 0)
                    .tag("state", state.toString()).description("1 for the state that the ledger is in").register(registry);
        }
        Gauge.builder("promptaudit.ledger.size", seals, AnchoringHealth::size).description("Events that are sealed")
                .register(registry);
        Gauge.builder("promptaudit.ledger.unsealed", sequence, now -> Math.max(0, now.head() - size(seals)))
                .description("Events with a position that no checkpoint covers yet").register(registry);
        for (Dialogue dialogue : witnessing.dialogues()) {
            Gauge.builder("promptaudit.ledger.witness.age", dialogue, this::age).baseUnit("seconds")
                    .tag("witness", dialogue.name())
                    .description("Time since the witness last cosigned; NaN before that").register(registry);
        }
    }

    private static long size(Seals seals) {
        return seals.newest().map(Cosigning::size).orElse(0L);
    }

    private double age(Dialogue dialogue) {
        Instant at = dialogue.standing().at();
        return at == null ? Double.NaN : Duration.between(at, clock.instant()).toMillis() / 1000.0;
    }
}
