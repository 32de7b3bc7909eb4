package io.promptaudit.server.sso;

import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

import io.promptaudit.api.MalformedRequest;

/**
 * Sends browsers to the provider. It is asked to say when its person last proved who they are, by {@code max_age}, and to have
 * them do so again where the address says {@code prompt=login} (OpenID Connect Core 1.0, section 3.1.2.1).
 */
final class SignInRequests implements OAuth2AuthorizationRequestResolver {
    /** Long enough for a second factor, and short, because nobody has signed in by then. */
    private static final Duration UNFINISHED = Duration.ofMinutes(10);
    private static final String PROMPT = "prompt";
    private static final String AGAIN = "login";

    private final DefaultOAuth2AuthorizationRequestResolver requests;

    /** @param longest how long ago, at most, they may have proved it */
    SignInRequests(ClientRegistrationRepository clients, Duration longest) {
        this.requests = new DefaultOAuth2AuthorizationRequestResolver(clients);
        this.requests.setAuthorizationRequestCustomizer(
                request -> request.additionalParameters(more -> more.put("max_age", longest.toSeconds())));
    }

    /**
     * @throws MalformedRequest when it asks for another prompt
     * @throws TooManySessions when there is no room for the session that keeps what was asked
     */
    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        return begin(requests.resolve(request), request);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String client) {
        return begin(requests.resolve(request, client), request);
    }

    private static @Nullable OAuth2AuthorizationRequest begin(@Nullable OAuth2AuthorizationRequest asked,
            HttpServletRequest request) {
        if (asked == null) {
            return null;
        }
        String prompt = request.getParameter(PROMPT);
        if (prompt != null && !prompt.equals(AGAIN)) {
            throw new MalformedRequest(PROMPT, "must be " + AGAIN + " or left out");
        }
        HttpSession session = TooManySessions.orSession(request);
        if (session.isNew()) {
            session.setMaxInactiveInterval((int) UNFINISHED.toSeconds());
        }
        return prompt == null
                ? asked
                : OAuth2AuthorizationRequest.from(asked).additionalParameters(more -> more.put(PROMPT, prompt)).build();
    }
}
