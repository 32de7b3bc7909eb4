package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/**
 * What an alert was raised about is as it should be again.
 *
 * @param alert what is watched, as in {@link AlertRaised}
 */
@Revision("1")
public record AlertCleared(String alert) implements ServerEvent {}
