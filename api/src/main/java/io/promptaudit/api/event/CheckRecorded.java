package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.CheckOutcome;

/** The outcome of an evaluation of the version, as evidence. */
@Revision("1")
public record CheckRecorded(String prompt, int version, String name, CheckOutcome outcome, @Nullable String url,
        @Nullable String digest) implements PromptEvent {}
