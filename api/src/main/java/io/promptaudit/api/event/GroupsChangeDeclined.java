package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/**
 * The account will never belong to the proposed groups.
 *
 * @param change the {@link GroupsChangeProposed} it was
 */
@Revision("1")
public record GroupsChangeDeclined(String account, String change, String proposedBy,
        String reason) implements AccountEvent {}
