package io.promptaudit.server.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AccountStatusException;

import io.promptaudit.api.CommandRejected;

/** The credential was right, and yet its owner may not come in. Answered 401, saying why: who owns it may know. */
public class NotAdmitted extends AccountStatusException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String account;

    NotAdmitted(CommandRejected why) {
        super(String.valueOf(why.getMessage()), why);
        this.account = null;
    }

    /**
     * Refuses with reasons of one's own.
     *
     * @param why one sentence, for whoever was refused
     * @param account whose the credential is; null where the credential's name says it, or there is none
     */
    protected NotAdmitted(String why, @Nullable String account) {
        super(why);
        this.account = account;
    }

    /** Whose the credential is, where its name does not say it. */
    @Nullable
    String account() {
        return account;
    }
}
