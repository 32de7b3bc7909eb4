package io.promptaudit.ledger.release;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** What was deployed of a prompt in one environment. */
final class Deployments {
    /** Oldest first. */
    final List<Release> releases = new ArrayList<>();
    @Nullable
    Active active;
    /** The release that what is or was last active stands on: itself, or the one that a rollback restored. */
    @Nullable
    String inForce;

    /** What is active: a version, and the event that made it so. */
    record Active(int version, String event) {}

    void deployed(Release release) {
        releases.add(release);
        active = new Active(release.version, release.event);
        inForce = release.event;
    }

    void rolledBack(Active now, String restored) {
        active = now;
        inForce = restored;
    }

    /** The release in force and those before it, newest first: what a rollback undid is not among them. */
    List<Release> standing() {
        var standing = new ArrayList<Release>();
        for (Release release : releases) {
            standing.addFirst(release);
            if (release.event.equals(inForce)) {
                return standing;
            }
        }
        return List.of();
    }

    /** What a rollback without a target looks through, newest first. */
    List<Release> before() {
        return active == null ? standing() : standing().stream().skip(1).toList();
    }
}
