package io.promptaudit.server.security;

import java.net.InetAddress;

import jakarta.servlet.http.HttpServletRequest;

/**
 * How requests reach this server, and whether anybody could read along.
 *
 * @param ownTls whether the server speaks TLS itself
 * @param tlsInFront whether the operator says that nothing reaches it from elsewhere but through something that speaks TLS
 * @param forwarded whether the headers are believed in which a proxy says what reached it, {@code X-Forwarded-Proto} and others
 */
public record Transport(boolean ownTls, boolean tlsInFront, boolean forwarded) {

    /** Whether the request came encrypted all the way, as far as can be known, or from this very machine. */
    boolean isPrivate(HttpServletRequest request) {
        if (InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress()) {
            return true;
        }
        // Where a proxy says how the request reached it, its word counts, and only if the operator says that there is one.
        return forwarded ? request.isSecure() && (ownTls || tlsInFront) : ownTls || tlsInFront;
    }

    /** The scheme of this server's own addresses. */
    public String scheme() {
        return ownTls ? "https" : "http";
    }
}
