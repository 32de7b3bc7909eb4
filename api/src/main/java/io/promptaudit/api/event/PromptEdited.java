package io.promptaudit.api.event;

import java.util.Map;

import org.axonframework.serialization.Revision;

import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;

/** A new immutable version, made from {@code basedOn}. */
@Revision("1")
public record PromptEdited(String prompt, int version, int basedOn, PromptType type, Content content, Map<String, Object> config,
        String note, String digest) implements PromptEvent {}
