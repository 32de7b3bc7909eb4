package io.promptaudit.api.event;

import java.time.Instant;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The version is to become active in the environment at a later moment, if the rules allow then. The event's id is the
 * schedule's id.
 *
 * @param at the moment, in whole milliseconds
 */
@Revision("1")
public record DeploymentScheduled(String prompt, int version, String environment, String digest, Instant at, String reason,
        @Nullable String ticket) implements PromptEvent {}
