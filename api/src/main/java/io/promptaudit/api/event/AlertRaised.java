package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/**
 * The server found that something which protects or proves the trail is not as it should be. Raised anew when that which is wrong
 * has changed.
 *
 * @param alert what is watched, for example {@code guards}; never changes
 * @param detail what is wrong, in plain words, without secrets and prompts' texts
 */
@Revision("1")
public record AlertRaised(String alert, String detail) implements ServerEvent {}
