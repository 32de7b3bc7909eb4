package io.promptaudit.command.prompt;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Verdict;
import io.promptaudit.api.event.ActiveDeployment;

/**
 * What decisions need to know of the prompt in one environment.
 *
 * @param active what is active there, or null
 * @param inForce the release that {@code active}, or what was active last, stands on: itself or the one a rollback restored
 * @param releases every deployment there, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record EnvironmentFacts(@Nullable ActiveDeployment active, @Nullable String inForce, List<Release> releases) {

    static final EnvironmentFacts NOTHING = new EnvironmentFacts(null, null, List.of());

    /** A snapshot leaves empty parts out. */
    @SuppressWarnings("NullAway")
    EnvironmentFacts {
        releases = releases == null ? List.of() : releases;
    }

    EnvironmentFacts deployed(Release release) {
        var all = new ArrayList<>(releases);
        all.add(release);
        return new EnvironmentFacts(new ActiveDeployment(release.version(), release.deployment()), release.deployment(),
                List.copyOf(all));
    }

    EnvironmentFacts rolledBack(ActiveDeployment now, String restored) {
        return new EnvironmentFacts(now, restored, releases);
    }

    EnvironmentFacts withdrawn() {
        return new EnvironmentFacts(null, inForce, releases);
    }

    EnvironmentFacts judged(String deployment, Verdict verdict) {
        return new EnvironmentFacts(active, inForce, releases.stream()
                .map(release -> release.deployment().equals(deployment) ? release.judged(verdict) : release).toList());
    }

    /** The release in force and those before it, newest first: what came after was undone by a rollback. */
    List<Release> standing() {
        int last = releases.size() - 1;
        while (last >= 0 && !releases.get(last).deployment().equals(inForce)) {
            last--;
        }
        return releases.subList(0, last + 1).reversed();
    }

    /** The releases before the one in force, newest first: what a rollback without a target looks through. */
    List<Release> beforeInForce() {
        // Nothing is active after a withdrawal: then what was in force last comes first.
        return active == null ? standing() : standing().stream().skip(1).toList();
    }
}
