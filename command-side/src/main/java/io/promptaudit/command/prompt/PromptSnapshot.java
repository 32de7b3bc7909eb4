package io.promptaudit.command.prompt;

import java.util.List;
import java.util.Map;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt remembers, kept so that a long history need not be read again. It decides like events do but lies in a table
 * that can be changed, so {@code mac} authenticates it ({@link SnapshotSeal}); one that does not fit is ignored and the
 * events are read instead.
 *
 * @param schedules null when there were none
 */
@Revision(PromptSnapshot.REVISION)
record PromptSnapshot(String mac, List<VersionFacts> versions, Map<String, EnvironmentFacts> environments, boolean archived,
        @Nullable ScheduleFacts schedules) {
    /** Raised when the form changes: a snapshot of another form is ignored. */
    static final String REVISION = "2";

    /** A forged row may leave the authentication out; then it fits nothing. */
    @SuppressWarnings("NullAway")
    PromptSnapshot {
        mac = mac == null ? "" : mac;
    }

    static PromptSnapshot unsealed(PromptFacts facts) {
        return new PromptSnapshot("", List.copyOf(facts.versions()), Map.copyOf(facts.environments()), facts.archived(),
                facts.schedules().equals(ScheduleFacts.NONE) ? null : facts.schedules());
    }

    PromptSnapshot withMac(String value) {
        return new PromptSnapshot(value, versions, environments, archived, schedules);
    }

    PromptFacts facts() {
        return new PromptFacts(versions, environments, archived, schedules == null ? ScheduleFacts.NONE : schedules);
    }
}
