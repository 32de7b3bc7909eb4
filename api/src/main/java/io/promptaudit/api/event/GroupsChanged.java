package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The groups the account belongs to, whole.
 *
 * @param confirms the {@link GroupsChangeProposed} that a second admin confirmed by this; null when it needed none
 * @param proposedBy the account that proposed it, or null
 * @param comment the remark of whoever confirmed it, or null
 */
@Revision("1")
public record GroupsChanged(String account, List<String> groups, @Nullable String confirms, @Nullable String proposedBy,
        @Nullable String comment) implements AccountEvent {

    /** A change that needed no second admin. */
    public GroupsChanged(String account, List<String> groups) {
        this(account, groups, null, null, null);
    }
}
