package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

import io.promptaudit.api.ReleasePolicy;

/** The environment's policy, whole; revision 1 creates the environment. */
@Revision("1")
public record ReleasePolicyChanged(String environment, long revision, ReleasePolicy policy,
        String reason) implements EnvironmentEvent {}
