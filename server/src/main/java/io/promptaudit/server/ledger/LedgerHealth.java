package io.promptaudit.server.ledger;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** DOWN while nothing can be sealed: then writes are refused, and reads go on. */
@Component
class LedgerHealth implements HealthIndicator {
    private final Sealer sealer;

    LedgerHealth(Sealer sealer) {
        this.sealer = sealer;
    }

    @Override
    public Health health() {
        String refusal = sealer.refusal();
        return refusal == null ? Health.up().build() : Health.down().withDetail("reason", refusal).build();
    }
}
