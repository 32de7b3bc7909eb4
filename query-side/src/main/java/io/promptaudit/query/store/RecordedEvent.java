package io.promptaudit.query.store;

import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.query.view.Occurrence;

/**
 * An event of a prompt, read from the store.
 *
 * @param sequence its number within the prompt, from 0
 */
public record RecordedEvent(PromptEvent event, long sequence, Occurrence when) {}
