package io.promptaudit.server.sso;

import org.jspecify.annotations.Nullable;

import io.promptaudit.server.security.NotAdmitted;

/** The provider vouches for who this is, and yet there is no account here for them to use. Answered 403, saying why. */
class SignOnRefused extends NotAdmitted {
    private static final long serialVersionUID = 1L;

    /**
     * @param why one sentence, for whoever was refused
     * @param account whose the identity is, or null
     */
    SignOnRefused(String why, @Nullable String account) {
        super(why, account);
    }
}
