package io.promptaudit.query.store;

import io.promptaudit.api.event.PromptEvent;

/** An event of a prompt, read from the store. */
public record RecordedEvent(PromptEvent event, Occurrence when) {}
