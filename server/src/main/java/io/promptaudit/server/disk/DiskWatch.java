package io.promptaudit.server.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.axonframework.spring.config.SpringAxonConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import io.promptaudit.command.trail.Alerts;
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.disk.Room.Level;
import io.promptaudit.server.watch.Watch;

/** Looks every few seconds how much room there is, and tells the log and the trail when it becomes little, or is enough again. */
final class DiskWatch implements SmartLifecycle {
    /** The alert's id. */
    static final String ALERT = "disk";
    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
    /** After the first admin was made, before the web server. */
    private static final int PHASE = SpringAxonConfiguration.LIFECYCLE_PHASE + 2;
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Disk disk;
    private final Map<String, Path> folders;
    private final PromptAuditProperties.Disk limits;
    private final SpaceMeter meter;
    private final Alerts alerts;
    private final Watch watch = new Watch("disk", PAUSE, this::look);
    private volatile boolean running;

    /** @param folders by what the alert calls them */
    DiskWatch(Disk disk, Map<String, Path> folders, PromptAuditProperties.Disk limits, SpaceMeter meter, Alerts alerts) {
        this.disk = disk;
        this.folders = folders;
        this.limits = limits;
        this.meter = meter;
        this.alerts = alerts;
    }

    /** Looks now. What cannot be put on record now is tried again with the next look. */
    synchronized void look() {
        List<Room> measured = measure();
        String low = String.join(" and ",
                measured.stream().filter(room -> room.level() != Level.FINE).map(Room::volume).toList());
        // Put on record before nothing can be any more: for that one event there is room.
        tell(low);
        String before = disk.names(Level.READ_ONLY);
        disk.now(measured);
        String after = disk.names(Level.READ_ONLY);
        if (!after.isEmpty() && before.isEmpty()) {
            LOG.error("The disk is nearly full: writes stop until there is room on the volume of the {}", after);
        } else if (after.isEmpty() && !before.isEmpty()) {
            LOG.warn("There is room again on the volume of the {}: writes go on", before);
            tell(low);
        }
    }

    private List<Room> measure() {
        var measured = new ArrayList<Room>();
        folders.forEach((name, folder) -> {
            try {
                SpaceMeter.Space space = meter.measure(folder);
                measured.add(Room.measured(name, space.free(), space.total(), disk.levelOf(name), limits.warnBelow(),
                        limits.readOnlyBelow()));
            } catch (IOException e) {
                measured.add(Room.unknown(name, e.toString()));
            }
        });
        return measured;
    }

    /** Without numbers, which would make each look another event. */
    private void tell(String low) {
        try {
            if (low.isEmpty()) {
                if (alerts.clear(ALERT)) {
                    LOG.warn("There is enough room on the disk again");
                }
            } else if (alerts.raise(ALERT, "little room is left (less than %s) on the volume of the %s, or it cannot be measured"
                    .formatted(limits.warnBelow(), low))) {
                LOG.warn("Little room is left on the volume of the {}, or it cannot be measured", low);
            }
        } catch (RuntimeException e) {
            LOG.warn("That there is little room cannot be put on record now: {}", e.getClass().getName());
        }
    }

    @Override
    public void start() {
        running = true;
        look();
        watch.start();
    }

    @Override
    public void stop() {
        running = false;
        watch.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
