package io.promptaudit.server.sso;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.util.function.SingletonSupplier;

import io.promptaudit.api.Caller;
import io.promptaudit.server.security.Authorities;
import io.promptaudit.server.security.RequestDetails;

/**
 * Sessions of browsers. What a session remembers is who signed in; whose account that is and what it may do is asked with each
 * request, so that a lock, a grant or another identity is in force at once.
 */
final class SessionCallers implements SecurityContextRepository {
    private static final int SECONDS_A_MINUTE = 60;

    private final SecurityContextRepository sessions = new HttpSessionSecurityContextRepository();
    private final Tickets tickets;
    private final Duration longest;

    /** @param longest after how long somebody must sign in anew, however busy they are */
    SessionCallers(Tickets tickets, Duration longest) {
        this.tickets = tickets;
        this.longest = longest;
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        DeferredSecurityContext kept = sessions.loadDeferredContext(request);
        return new Known(kept, SingletonSupplier.of(() -> now(kept.get(), request)));
    }

    private SecurityContext now(SecurityContext kept, HttpServletRequest request) {
        return SessionUser.in(kept).flatMap(user -> current(user, new RequestDetails(request).onBehalfOf()))
                .map(caller -> new SecurityContextImpl(
                        UsernamePasswordAuthenticationToken.authenticated(caller, null, Authorities.of(caller))))
                .orElseGet(SecurityContextImpl::new);
    }

    private Optional<Caller> current(SessionUser user, @Nullable String onBehalfOf) {
        tickets.shown(user.caller().credential(), user.identity(), user.since().plus(longest));
        return tickets.current(user.caller().actingFor(onBehalfOf));
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // an old way in, which the filters do not take
    public SecurityContext loadContext(HttpRequestResponseHolder exchange) {
        return loadDeferredContext(exchange.getRequest()).get();
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        sessions.saveContext(context, request, response);
        HttpSession session = request.getSession(false);
        if (session != null && context.getAuthentication() != null) {
            session.setMaxInactiveInterval(request.getServletContext().getSessionTimeout() * SECONDS_A_MINUTE);
        }
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return sessions.containsContext(request);
    }

    private record Known(DeferredSecurityContext kept, Supplier<SecurityContext> now) implements DeferredSecurityContext {
        @Override
        public SecurityContext get() {
            return now.get();
        }

        @Override
        public boolean isGenerated() {
            return kept.isGenerated();
        }
    }
}
