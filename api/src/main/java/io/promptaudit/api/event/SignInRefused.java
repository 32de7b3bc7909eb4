package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.CredentialKind;
import io.promptaudit.api.SignInRefusal;

/**
 * Somebody could not sign in. Attempts that are alike are told together. What was typed is not in it.
 *
 * @param account the account that was tried; null when what was typed names none
 * @param attempts how many, since the last such event of this account, credential and reason
 */
@Revision("1")
public record SignInRefused(@Nullable String account, CredentialKind credential, SignInRefusal reason, long attempts)
        implements
            TrailEvent {}
