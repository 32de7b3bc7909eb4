package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/**
 * Proposed grants will never be held.
 *
 * @param change the {@link GrantsChangeProposed} it was
 */
@Revision("1")
public record GrantsChangeDeclined(String account, String change, String proposedBy,
        String reason) implements AccountEvent {}
