package io.promptaudit.server.health;

import java.util.ArrayList;
import java.util.List;

import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * DEGRADED when something that follows the trail does not get on: a projection that fails again and again, or a subscriber's
 * event in the dead-letter queue. Writes and other reads go on; nothing was skipped.
 */
@Component
class ViewHealth implements HealthIndicator {
    private final EventProcessingConfiguration processing;
    private final JdbcClient db;

    ViewHealth(EventProcessingConfiguration processing, JdbcClient db) {
        this.processing = processing;
        this.db = db;
    }

    @Override
    public Health health() {
        List<String> stalled = new ArrayList<>();
        processing.eventProcessors().forEach((name, processor) -> {
            if (processor instanceof StreamingEventProcessor streaming && (streaming.isError() || streaming.processingStatus()
                    .values().stream().anyMatch(EventTrackerStatus::isErrorState))) {
                stalled.add(name);
            }
        });
        long deadLetters;
        try {
            deadLetters = db.sql("select count(*) from dead_letter").query(Long.class).single();
        } catch (DataAccessException e) {
            return Health.down(e).build();
        }
        return (stalled.isEmpty() && deadLetters == 0 ? Health.up() : Health.status(TrailStatus.DEGRADED))
                .withDetail("stalled", stalled)
                .withDetail("deadLetters", deadLetters).build();
    }
}
