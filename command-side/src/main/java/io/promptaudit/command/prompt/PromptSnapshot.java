package io.promptaudit.command.prompt;

import java.util.List;
import java.util.Map;

import org.axonframework.serialization.Revision;

/**
 * What a prompt remembers, kept so that a long history need not be read again. It decides like events do but lies in a table
 * that can be changed, so {@code mac} authenticates it ({@link SnapshotSeal}); one that does not fit is ignored and the
 * events are read instead.
 */
@Revision("1")
record PromptSnapshot(String mac, List<VersionFacts> versions, Map<String, EnvironmentFacts> environments, boolean archived) {

    /** A forged row may leave the authentication out; then it fits nothing. */
    @SuppressWarnings("NullAway")
    PromptSnapshot {
        mac = mac == null ? "" : mac;
    }

    static PromptSnapshot unsealed(PromptFacts facts) {
        return new PromptSnapshot("", List.copyOf(facts.versions()), Map.copyOf(facts.environments()), facts.archived());
    }

    PromptSnapshot withMac(String value) {
        return new PromptSnapshot(value, versions, environments, archived);
    }

    PromptFacts facts() {
        return new PromptFacts(versions, environments, archived);
    }
}
