package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/** The account ended for good, with its password and keys; its person's details can still be read. */
@Revision("1")
public record AccountClosed(String account, String reason) implements AccountEvent {}
