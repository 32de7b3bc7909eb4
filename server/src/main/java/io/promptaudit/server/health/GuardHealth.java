package io.promptaudit.server.health;

import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

import io.promptaudit.server.guard.GuardCheck;

/** DEGRADED while a guard of what is recorded is missing, which auditors and admins are told; measured, too. */
@Component("guards")
class GuardHealth implements HealthIndicator, MeterBinder {
    private final GuardCheck check;

    GuardHealth(GuardCheck check) {
        this.check = check;
    }

    @Override
    public Health health() {
        List<String> missing = check.missing();
        return (missing.isEmpty() ? Health.up() : Health.status(TrailStatus.DEGRADED)).withDetail("missing", missing).build();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("promptaudit.guards.missing", check, now -> now.missing().size())
                .description("Guards of what is recorded that are missing, changed or switched off").register(registry);
    }
}
