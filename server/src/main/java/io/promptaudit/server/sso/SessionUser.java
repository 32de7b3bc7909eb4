package io.promptaudit.server.sso;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

import io.promptaudit.api.Caller;
import io.promptaudit.api.Identity;

/** What a session knows of who signed in: their identity, the account and when, and nothing of what it may do. */
final class SessionUser extends DefaultOidcUser {
    private static final long serialVersionUID = 1L;

    private final transient Caller caller;
    private final Instant since;

    SessionUser(OidcIdToken token, Caller caller, Instant since) {
        super(List.of(), token);
        this.caller = caller;
        this.since = since;
    }

    /** Who signed in, where a session's security context says so. */
    static Optional<SessionUser> in(@Nullable Object context) {
        return context instanceof SecurityContext kept && kept.getAuthentication() != null
                && kept.getAuthentication().getPrincipal() instanceof SessionUser user ? Optional.of(user) : Optional.empty();
    }

    /** Who signed in, with the grants of that moment. */
    Caller caller() {
        return caller;
    }

    /** As whom the provider knows them. */
    Identity identity() {
        return new Identity(String.valueOf(getIssuer()), String.valueOf(getSubject()));
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
