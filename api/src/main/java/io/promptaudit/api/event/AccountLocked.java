package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/** The account, its keys and whoever acts for it can do nothing until it is unlocked. */
@Revision("1")
public record AccountLocked(String account, String reason) implements AccountEvent {}
