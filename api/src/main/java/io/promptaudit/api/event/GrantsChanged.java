package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Grant;

/**
 * The account's grants, whole.
 *
 * @param confirms the {@link GrantsChangeProposed} that a second admin confirmed by this; null when it needed none
 * @param proposedBy the account that proposed it, or null
 * @param comment the remark of whoever confirmed it, or null
 */
@Revision("1")
public record GrantsChanged(String account, List<Grant> grants, @Nullable String confirms, @Nullable String proposedBy,
        @Nullable String comment) implements AccountEvent {

    /** A change that needed no second admin. */
    public GrantsChanged(String account, List<Grant> grants) {
        this(account, grants, null, null, null);
    }
}
