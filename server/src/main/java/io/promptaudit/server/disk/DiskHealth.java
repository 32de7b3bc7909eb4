package io.promptaudit.server.disk;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.promptaudit.server.disk.Room.Level;
import io.promptaudit.server.health.TrailStatus;

/** DEGRADED while there is little room, DOWN while nothing is recorded for it. Measured, too. */
final class DiskHealth implements HealthIndicator, MeterBinder {
    private final Disk disk;

    DiskHealth(Disk disk) {
        this.disk = disk;
    }

    @Override
    public Health health() {
        String reason = disk.reason();
        Health.Builder health = reason != null
                ? Health.down().withDetail("reason", reason)
                : disk.names(Level.LOW).isEmpty() ? Health.up() : Health.status(TrailStatus.DEGRADED);
        return health.withDetail("volumes", disk.rooms()).build();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Level level : Level.values()) {
            Gauge.builder("promptaudit.disk.volumes", disk,
                    now -> now.rooms().stream().filter(room -> room.level() == level).count())
                    .tag("level", level.name()).description("Volumes by how much room is left on them").register(registry);
        }
        Gauge.builder("promptaudit.disk.free", disk, now -> now.rooms().stream().mapToLong(Room::free).min().orElse(-1))
                .baseUnit("bytes")
                .description("Room on the fullest volume that the trail is kept on; -1 when one cannot be measured")
                .register(registry);
    }
}
