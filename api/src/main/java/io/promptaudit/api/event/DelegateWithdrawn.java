package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/** A service or an agent may act for the person no more. */
@Revision("1")
public record DelegateWithdrawn(String account, String delegate) implements AccountEvent {}
