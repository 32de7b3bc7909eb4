package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;

/** The groups the account belongs to, whole. */
@Revision("1")
public record GroupsChanged(String account, List<String> groups) implements AccountEvent {}
