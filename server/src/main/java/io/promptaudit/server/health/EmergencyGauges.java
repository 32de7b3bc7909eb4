package io.promptaudit.server.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

import io.promptaudit.query.deployments.EmergencyDebts;

/** Measures how many emergency deployments are still to be judged, and how many of those are overdue: what to alert on. */
@Component
class EmergencyGauges implements MeterBinder {
    private final EmergencyDebts debts;

    EmergencyGauges(EmergencyDebts debts) {
        this.debts = debts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("promptaudit.emergencies.open", debts, EmergencyDebts::open)
                .description("Emergency deployments that nobody has judged").register(registry);
        Gauge.builder("promptaudit.emergencies.overdue", debts, EmergencyDebts::overdue)
                .description("Those of them that should have been judged by now").register(registry);
    }
}
