package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/** The key of the account's personal details, and its credentials, are gone for good. */
@Revision("1")
public record AccountErased(String account, String reason) implements AccountEvent {}
