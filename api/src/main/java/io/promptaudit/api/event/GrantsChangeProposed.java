package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;

import io.promptaudit.api.Grant;

/**
 * Grants that an admin wants for themselves and that wait for a second one. Until then nothing is different.
 *
 * @param basedOn how often the account's grants had been set when it was proposed, its creation included
 */
@Revision("1")
public record GrantsChangeProposed(String account, long basedOn, List<Grant> grants) implements AccountEvent {}
