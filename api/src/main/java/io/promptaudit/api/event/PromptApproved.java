package io.promptaudit.api.event;

import java.time.Instant;
import java.util.List;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Role;

/**
 * An approval of the version with this digest.
 *
 * @param meaning an {@link io.promptaudit.api.Meaning#id()}; in old events null, which means approval
 * @param roles those that the signer held for the prompt; null in old events
 * @param groups those that the signer belonged to; null in old events
 * @param authenticatedAt when the signer last proved who they are; null where nobody did, as with a key
 */
@Revision("1")
public record PromptApproved(String prompt, int version, String digest, @Nullable String comment, @Nullable String meaning,
        @Nullable List<Role> roles, @Nullable List<String> groups,
        @Nullable Instant authenticatedAt) implements PromptEvent {

    /** An approval by somebody of whom nothing more is known. */
    public PromptApproved(String prompt, int version, String digest, @Nullable String comment, @Nullable String meaning) {
        this(prompt, version, digest, comment, meaning, null, null, null);
    }
}
