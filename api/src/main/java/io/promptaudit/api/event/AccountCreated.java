package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Grant;

/** A new account. {@code personal} holds its display name, sealed; the secret itself is in no event. */
@Revision("1")
public record AccountCreated(String account, AccountKind kind, @Nullable String actsFor, @Nullable String personal,
        boolean password, List<Grant> grants) implements AccountEvent {}
