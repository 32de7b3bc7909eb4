package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;

/**
 * Groups that an admin wants to belong to and that wait for a second one. Until then nothing is different.
 *
 * @param basedOn how often the account's groups had been set when it was proposed, its creation included
 */
@Revision("1")
public record GroupsChangeProposed(String account, long basedOn, List<String> groups) implements AccountEvent {}
