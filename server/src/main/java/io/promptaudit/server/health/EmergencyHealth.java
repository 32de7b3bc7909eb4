package io.promptaudit.server.health;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

import io.promptaudit.query.deployments.EmergencyDebts;

/**
 * Tells auditors and admins which emergency deployments are still to be judged. UP all the same: a debt is work for people, and
 * a status that says so for days would hide a server that does not get on.
 */
@Component("emergency")
class EmergencyHealth implements HealthIndicator {
    private static final int MOST_NAMED = 20;

    private final EmergencyDebts debts;

    EmergencyHealth(EmergencyDebts debts) {
        this.debts = debts;
    }

    @Override
    public Health health() {
        try {
            return Health.up().withDetail("open", debts.open()).withDetail("overdue", debts.overdue())
                    .withDetail("overdueDeployments", debts.overdue(MOST_NAMED)).build();
        } catch (DataAccessException e) {
            return Health.down(e).build();
        }
    }
}
