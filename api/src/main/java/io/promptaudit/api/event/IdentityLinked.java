package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

import io.promptaudit.api.Identity;

/** Whoever the provider says is this identity signs in as the account from now on, and nobody by one before. */
@Revision("1")
public record IdentityLinked(String account, Identity identity) implements AccountEvent {}
