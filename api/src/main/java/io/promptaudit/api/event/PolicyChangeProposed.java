package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

import io.promptaudit.api.ReleasePolicy;

/**
 * A policy that waits for a second admin. Until then nothing is different.
 *
 * @param basedOn the revision in force when it was proposed; 0 when it would create the environment
 */
@Revision("1")
public record PolicyChangeProposed(String environment, long basedOn, ReleasePolicy policy,
        String reason) implements EnvironmentEvent {}
