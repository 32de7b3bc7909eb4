package io.promptaudit.server.security;

import org.springframework.security.authentication.AccountStatusException;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Rule;

/** The credential was right, and yet its owner may not come in. Answered 401, saying why: who owns it may know. */
class NotAdmitted extends AccountStatusException {
    private static final long serialVersionUID = 1L;

    private final Rule rule;

    NotAdmitted(CommandRejected why) {
        super(String.valueOf(why.getMessage()), why);
        this.rule = why.rule();
    }

    /** Why not. */
    Rule rule() {
        return rule;
    }
}
