package io.promptaudit.server.sso;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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

/**
 * Sessions of browsers. What a session remembers is who signed in; what they may do is asked with each request, so that a
 * lock or a grant is in force at once.
 */
final class SessionCallers implements SecurityContextRepository {
    private final SecurityContextRepository sessions = new HttpSessionSecurityContextRepository();
    private final Function<Caller, Optional<Caller>> current;
    private final Duration longest;
    private final InstantSource clock;

    /**
     * @param current what somebody who signed in before may do now; empty when they may not come in any more
     * @param longest after how long somebody must sign in anew, however busy they are
     */
    SessionCallers(Function<Caller, Optional<Caller>> current, Duration longest, InstantSource clock) {
        this.current = current;
        this.longest = longest;
        this.clock = clock;
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        DeferredSecurityContext kept = sessions.loadDeferredContext(request);
        return new Known(kept, SingletonSupplier.of(() -> now(kept.get())));
    }

    private SecurityContext now(SecurityContext kept) {
        var authentication = kept.getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof SessionUser user)
                || clock.instant().isAfter(user.since().plus(longest))) {
            return new SecurityContextImpl();
        }
        return current.apply(user.caller())
                .map(caller -> new SecurityContextImpl(
                        UsernamePasswordAuthenticationToken.authenticated(caller, null, Authorities.of(caller))))
                .orElseGet(SecurityContextImpl::new);
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
