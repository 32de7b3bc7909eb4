package io.promptaudit.server.sso;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;

import io.promptaudit.api.Caller;
import io.promptaudit.api.Identity;
import io.promptaudit.command.account.Accounts;
import io.promptaudit.command.account.Identities;
import io.promptaudit.server.sequence.TrailClock;

/**
 * Which tokens and sessions were shown lately, whose they were and until when they are good. So whoever stays for longer than a
 * request, as a subscriber does, has to leave with their credential. One that is forgotten for want of room must be shown again.
 */
@Component
public class Tickets {
    private static final String TOKEN = "token:";
    private static final String SESSION = "session:";
    private static final int MOST_REMEMBERED = 10_000;

    private final Accounts accounts;
    private final Identities identities;
    private final InstantSource clock;
    private final Cache<String, Ticket> tickets = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    private record Ticket(Identity identity, Instant until) {}

    Tickets(Accounts accounts, Identities identities, TrailClock clock) {
        this.accounts = accounts;
        this.identities = identities;
        this.clock = clock;
    }

    /** What events say of a token. */
    static String ofToken(String id) {
        return TOKEN + id;
    }

    /** What events say of a session. */
    static String ofSession(String id) {
        return SESSION + id;
    }

    void shown(String credential, Identity identity, Instant until) {
        tickets.put(credential, new Ticket(identity, until));
    }

    void ended(String credential) {
        tickets.invalidate(credential);
    }

    /**
     * What somebody who came in before may do now; empty when they may not come in any more, when their token or session is not
     * good any more, or when their account is linked to somebody else by now.
     */
    public Optional<Caller> current(Caller before) {
        boolean isGood = !isTicket(before.credential()) || isGood(before);
        return isGood ? accounts.current(before) : Optional.empty();
    }

    private static boolean isTicket(String credential) {
        return credential.startsWith(TOKEN) || credential.startsWith(SESSION);
    }

    private boolean isGood(Caller before) {
        Ticket ticket = tickets.getIfPresent(before.credential());
        return ticket != null && !clock.instant().isAfter(ticket.until()) && identities.account(ticket.identity())
                .filter(owner -> owner.account().equals(before.account())).isPresent();
    }
}
