package io.promptaudit.server.http;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/** What 401 answers ask for: every way in that a program can take (RFC 9110, 11.6.1). */
final class Challenge {
    private static final String WAYS_IN = "Basic realm=\"prompt-audit-trail\", charset=\"UTF-8\", Bearer realm=\"prompt-audit-trail\"";
    private static final String BEARER = "bearer ";

    private Challenge() {}

    /** The same problem, with the challenge; a bearer token that was sent with the request is told to be none (RFC 6750, 3.1). */
    static Problem in(Problem problem, HttpServletRequest request) {
        if (problem.status() != 401 || problem.headers().containsKey(HttpHeaders.WWW_AUTHENTICATE)) {
            return problem;
        }
        String sent = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean token = sent != null && sent.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return problem.with(HttpHeaders.WWW_AUTHENTICATE, token ? WAYS_IN + ", error=\"invalid_token\"" : WAYS_IN);
    }
}
