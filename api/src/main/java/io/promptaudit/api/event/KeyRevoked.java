package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/** A key is good for nothing from now on. */
@Revision("1")
public record KeyRevoked(String account, String key) implements AccountEvent {}
