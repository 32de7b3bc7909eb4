package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/** The account has a new password; the metadata says who set it. */
@Revision("1")
public record PasswordSet(String account) implements AccountEvent {}
