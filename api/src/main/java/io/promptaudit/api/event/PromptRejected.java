package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/** A rejection: it blocks the version until withdrawn. */
@Revision("1")
public record PromptRejected(String prompt, int version, String reason) implements PromptEvent {}
