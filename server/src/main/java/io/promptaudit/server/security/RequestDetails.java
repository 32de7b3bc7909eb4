package io.promptaudit.server.security;

import java.util.Collections;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import io.promptaudit.api.MalformedRequest;

/** What a request says beside its credential: from where it came, and for whom it wants to act. */
public final class RequestDetails extends WebAuthenticationDetails {
    /** Names the person that a service acts for. */
    static final String ON_BEHALF_OF = "On-Behalf-Of";
    private static final long serialVersionUID = 1L;

    private final @Nullable String onBehalfOf;

    /**
     * Reads the request's head.
     *
     * @throws MalformedRequest when it names several persons
     */
    public RequestDetails(HttpServletRequest request) {
        super(request);
        List<String> named = Collections.list(request.getHeaders(ON_BEHALF_OF));
        if (named.size() > 1) {
            throw new MalformedRequest(ON_BEHALF_OF, "must be given once");
        }
        this.onBehalfOf = named.isEmpty() ? null : named.getFirst();
    }

    /** The person to act for, as the request has it, or null. */
    public @Nullable String onBehalfOf() {
        return onBehalfOf;
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
