package io.promptaudit.server.security;

import java.io.IOException;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

import io.promptaudit.api.CredentialKind;
import io.promptaudit.api.SignInRefusal;
import io.promptaudit.server.http.Problem;
import io.promptaudit.server.http.ProblemWriter;
import io.promptaudit.server.http.RequestContexts;
import io.promptaudit.server.http.SecureHeaders;

/**
 * Answers nothing but the health to who comes over plain HTTP from elsewhere, before anybody looks at a credential: everybody on
 * the way could read it, and the answer too.
 */
class PlainHttpFilter extends OncePerRequestFilter {
    /** What strangers may ask. */
    static final Set<String> HEALTH = Set.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness");

    private static final int FORBIDDEN = 403;

    private final Transport transport;
    private final SignInJournal journal;

    PlainHttpFilter(Transport transport, SignInJournal journal) {
        this.transport = transport;
        this.journal = journal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String credential = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean isOpen = credential == null && HEALTH.contains(request.getRequestURI());
        if (isOpen || transport.isPrivate(request)) {
            if (request.isSecure()) {
                response.setHeader(SecureHeaders.KEEP_TO_TLS, SecureHeaders.FOR_A_YEAR);
            }
            chain.doFilter(request, response);
            return;
        }
        if (credential != null) {
            journal.count(null, kind(credential), SignInRefusal.TLS_REQUIRED, RequestContexts.current());
        }
        ProblemWriter.write(response, Problem.of(FORBIDDEN, "tls-required",
                "Use HTTPS: over plain HTTP the server answers its own machine only. What you sent could be read on its way."));
    }

    private static CredentialKind kind(@Nullable String credential) {
        return credential != null && credential.regionMatches(true, 0, "Basic ", 0, "Basic ".length())
                ? CredentialKind.PASSWORD
                : CredentialKind.TOKEN;
    }
}
