package io.promptaudit.server.sso;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

import io.promptaudit.api.Caller;

/** What a session knows of who signed in: the account and when, and nothing of what it may do. */
final class SessionUser extends DefaultOidcUser {
    private static final long serialVersionUID = 1L;

    private final transient Caller caller;
    private final Instant since;

    SessionUser(OidcIdToken token, Caller caller, Instant since) {
        super(List.of(), token);
        this.caller = caller;
        this.since = since;
    }

    /** Who signed in, with the grants of that moment. */
    Caller caller() {
        return caller;
    }

    /** When they signed in here. */
    Instant since() {
        return since;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
