package io.promptaudit.server.sso;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/** All places for sessions are taken. They are in memory, and the first step to one needs no credential. */
class TooManySessions extends RuntimeException {
    /** How many browsers may be signed in, or be doing so, at a time. */
    static final int MOST = 10_000;
    private static final long serialVersionUID = 1L;

    private TooManySessions(IllegalStateException why) {
        super("%d browsers have sessions already.".formatted(MOST), why);
    }

    /** @throws TooManySessions when the request has no session and cannot get one */
    static HttpSession orSession(HttpServletRequest request) {
        try {
            return request.getSession();
        } catch (IllegalStateException full) {
            throw new TooManySessions(full);
        }
    }
}
