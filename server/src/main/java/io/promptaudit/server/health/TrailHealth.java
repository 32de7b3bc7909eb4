package io.promptaudit.server.health;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

import io.promptaudit.server.sequence.Sequencer;

/** DOWN while events cannot be made durable: then writes are refused, and reads go on. */
@Component
class TrailHealth implements HealthIndicator {
    private final Sequencer sequencer;

    TrailHealth(Sequencer sequencer) {
        this.sequencer = sequencer;
    }

    @Override
    public Health health() {
        Throwable failure = sequencer.failure();
        return failure == null ? Health.up().build() : Health.down(failure).build();
    }
}
