package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/** The account's display name and contact, whole and sealed. */
@Revision("1")
public record AccountDescribed(String account, String personal) implements AccountEvent {}
