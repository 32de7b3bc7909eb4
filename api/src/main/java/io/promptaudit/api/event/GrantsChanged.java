package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;

import io.promptaudit.api.Grant;

/** The account's grants, whole. */
@Revision("1")
public record GrantsChanged(String account, List<Grant> grants) implements AccountEvent {}
