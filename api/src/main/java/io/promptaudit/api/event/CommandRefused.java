package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Rule;

/** A signed-in caller was refused: which command, on what, by which rule. Stands outside the target's own stream. */
@Revision("1")
public record CommandRefused(String command, String target, @Nullable String prompt, @Nullable Integer version,
        @Nullable String environment, Rule rule, String detail, @Nullable Long policyRevision) implements TrailEvent {}
