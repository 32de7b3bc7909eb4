package io.promptaudit.server.health;

import org.springframework.boot.health.contributor.Status;

/** What a health can be beside UP and DOWN. */
public final class TrailStatus {
    /** Somebody should look; writes and reads go on. */
    public static final Status DEGRADED = new Status("DEGRADED");

    private TrailStatus() {}
}
