package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.ReleasePolicy;

/**
 * The environment's policy, whole; revision 1 creates the environment.
 *
 * @param confirms the {@link PolicyChangeProposed} that a second admin confirmed by this; null when it needed none
 * @param proposedBy the account that proposed it, or null
 * @param comment the remark of whoever confirmed it, or null
 */
@Revision("1")
public record ReleasePolicyChanged(String environment, long revision, ReleasePolicy policy, String reason,
        @Nullable String confirms, @Nullable String proposedBy, @Nullable String comment) implements EnvironmentEvent {

    /** A change that needed no second admin. */
    public ReleasePolicyChanged(String environment, long revision, ReleasePolicy policy, String reason) {
        this(environment, revision, policy, reason, null, null, null);
    }
}
