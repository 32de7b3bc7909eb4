package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/**
 * A proposed policy will never be in force.
 *
 * @param change the {@link PolicyChangeProposed} it was
 */
@Revision("1")
public record PolicyChangeDeclined(String environment, String change, String proposedBy,
        String reason) implements EnvironmentEvent {}
