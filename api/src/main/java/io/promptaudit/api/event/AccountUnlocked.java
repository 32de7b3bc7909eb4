package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/** The account can be used again. */
@Revision("1")
public record AccountUnlocked(String account, String reason) implements AccountEvent {}
