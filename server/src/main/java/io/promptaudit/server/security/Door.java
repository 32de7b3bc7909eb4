package io.promptaudit.server.security;

import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CredentialKind;
import io.promptaudit.api.SignInRefusal;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.command.trail.SignInRecorder;
import io.promptaudit.server.http.RequestContexts;

/** Stands before whatever looks at credentials: lets nobody guess quickly, and has every refusal recorded. */
@Component
public class Door {
    private static final int MOST_REMEMBERED = 10_000;

    private final SignInThrottle throttle;
    private final SignInJournal journal;
    private final SignInRecorder recorder;
    /** Whose the names are whose credential was looked at: making somebody wait costs the store nothing. */
    private final Cache<String, Optional<String>> tried = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    Door(SignInThrottle throttle, SignInJournal journal, SignInRecorder recorder) {
        this.throttle = throttle;
        this.journal = journal;
        this.recorder = recorder;
    }

    /**
     * The same provider behind this door. It tells who came in by a {@link Caller} as principal, refuses a wrong credential with
     * an {@link AuthenticationException}, whoever may not come in although the credential is right with an
     * {@link AccountStatusException}, and says with an {@link AuthenticationServiceException} that it cannot tell.
     */
    public AuthenticationProvider before(AuthenticationProvider provider) {
        return new AuthenticationProvider() {
            @Override
            public @Nullable Authentication authenticate(Authentication presented) {
                return Door.this.authenticate(provider, presented);
            }

            @Override
            public boolean supports(Class<?> authentication) {
                return provider.supports(authentication);
            }
        };
    }

    /** Has it recorded that somebody who was sent here by an identity provider was not let in. */
    public void turnedAway(AuthenticationException why) {
        RequestContext context = RequestContexts.current();
        switch (why) {
            case AuthenticationServiceException _ -> {
            }
            case NotAdmitted refused ->
                journal.count(refused.account(), CredentialKind.TOKEN, SignInRefusal.NOT_ADMITTED, context);
            default -> journal.count(null, CredentialKind.TOKEN, SignInRefusal.WRONG_CREDENTIAL, context);
        }
    }

    private @Nullable Authentication authenticate(AuthenticationProvider provider, Authentication presented) {
        RequestContext context = RequestContexts.current();
        var who = Presented.of(presented, context.address());
        try (var _ = throttle.begin(who)) {
            Authentication signedIn = lookAt(provider, presented, who, context);
            if (signedIn != null && signedIn.getPrincipal() instanceof Caller caller) {
                throttle.succeeded(who, caller.account());
            }
            return signedIn;
        } catch (SlowDown e) {
            var owner = tried.getIfPresent(who.name());
            journal.count(owner == null ? null : owner.orElse(null), who.kind(), SignInRefusal.TOO_MANY_ATTEMPTS, context);
            throw e;
        }
    }

    private @Nullable Authentication lookAt(AuthenticationProvider provider, Authentication presented, Presented who,
            RequestContext context) {
        try {
            return provider.authenticate(presented);
        } catch (AuthenticationServiceException e) {
            throw e;
        } catch (AccountStatusException e) {
            String owner = e instanceof NotAdmitted refused && refused.account() != null ? refused.account() : owner(who);
            journal.count(owner, who.kind(), SignInRefusal.NOT_ADMITTED, context);
            throw e;
        } catch (AuthenticationException e) {
            throttle.failed(who);
            String owner = owner(who);
            boolean isUnknown = owner == null && who.kind() != CredentialKind.TOKEN;
            journal.count(owner, who.kind(), isUnknown ? SignInRefusal.UNKNOWN_ACCOUNT : SignInRefusal.WRONG_CREDENTIAL,
                    context);
            throw e;
        }
    }

    private @Nullable String owner(Presented who) {
        Optional<String> owner = who.name().isEmpty() ? Optional.empty() : recorder.owner(who.name());
        tried.put(who.name(), owner);
        return owner.orElse(null);
    }
}
