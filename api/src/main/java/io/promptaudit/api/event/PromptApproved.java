package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** An approval of the version with this digest. */
@Revision("1")
public record PromptApproved(String prompt, int version, String digest, @Nullable String comment,
        @Nullable String meaning) implements PromptEvent {}
