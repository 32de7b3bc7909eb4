package io.promptaudit.server.sso;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.apache.catalina.session.StandardManager;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.ConditionalOnOAuth2ClientRegistrationProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;

import io.promptaudit.api.Caller;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.http.ProblemWriter;
import io.promptaudit.server.http.Problems;
import io.promptaudit.server.security.Door;
import io.promptaudit.server.sequence.TrailClock;

import static org.springframework.security.web.context.HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

/**
 * Lets people sign in with their browser at the provider (OpenID Connect: authorization code with PKCE, state and nonce), and
 * gives them a session here. Without a client's registration there is nothing of it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnOAuth2ClientRegistrationProperties
@EnableConfigurationProperties(OAuth2ClientProperties.class)
class BrowserConfiguration {
    private static final String HOME = "/api/v1/me";

    @Bean
    ClientRegistrationRepository clientRegistrations(OAuth2ClientProperties configured) {
        return new LazyRegistrations(configured);
    }

    @Bean
    SessionCallers sessionCallers(Tickets tickets, PromptAuditProperties properties) {
        return new SessionCallers(tickets, properties.sso().session());
    }

    @Bean
    HttpSessionListener sessionEnds(Tickets tickets) {
        return new HttpSessionListener() {
            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                SessionUser.in(event.getSession().getAttribute(SPRING_SECURITY_CONTEXT_KEY))
                        .ifPresent(user -> tickets.ended(user.caller().credential()));
            }
        };
    }

    @Bean
    SignInRequests signInRequests(ClientRegistrationRepository clients, PromptAuditProperties properties) {
        return new SignInRequests(clients, properties.sso().session());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> sessionLimit() {
        return server -> server.addContextCustomizers(context -> {
            var sessions = new StandardManager();
            sessions.setMaxActiveSessions(TooManySessions.MOST);
            context.setManager(sessions);
        });
    }

    @Bean
    @Order(2)
    SecurityFilterChain browsers(HttpSecurity http, SessionCallers sessions, SignInRequests requests, SignOn signOn, Door door,
            PromptAuditProperties properties, TrailClock clock, Problems problems) {
        AuthenticationEntryPoint signInAgain = (request, response, failure) -> ProblemWriter.write(response,
                SsoProblems.challenging(problems.of(failure, request)));
        return http.securityMatcher(BrowserConfiguration::isBrowser)
                .securityContext(contexts -> contexts.securityContextRepository(sessions))
                .sessionManagement(management -> management.sessionCreationPolicy(SessionCreationPolicy.IF_REQUIRED))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(signInAgain))
                .csrf(csrf -> csrf.spa().csrfTokenRepository(csrfCookie()))
                .oauth2Login(login -> login.authorizedClientRepository(new ForgottenTokens())
                        .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(requests))
                        .tokenEndpoint(endpoint -> endpoint.accessTokenResponseClient(ProviderClients.tokens()))
                        .userInfoEndpoint(users -> users.oidcUserService(users(signOn, properties.sso().session(), clock))
                                .userService(request -> {
                                    throw new SignOnRefused("the client's registration lacks the scope openid", null);
                                }))
                        .defaultSuccessUrl(HOME, true).failureHandler(failed(door, signInAgain))
                        .withObjectPostProcessor(beginning(problems)))
                .logout(logout -> logout.logoutUrl("/logout").deleteCookies("SESSION")
                        .logoutSuccessHandler(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT)))
                .build();
    }

    /** Whoever brings a credential with the request needs no session, also where the browser sends a cookie along. */
    private static boolean isBrowser(HttpServletRequest request) {
        String path = request.getRequestURI();
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null && (request.getRequestedSessionId() != null
                || path.startsWith("/oauth2/authorization/") || path.startsWith("/login/oauth2/code/"));
    }

    /** Read by the page's own script, which no other site's script can do, and sent back as a header. */
    private static CookieCsrfTokenRepository csrfCookie() {
        var cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        cookie.setCookieCustomizer(attributes -> attributes.sameSite("Lax"));
        return cookie;
    }

    private static OAuth2UserService<OidcUserRequest, OidcUser> users(SignOn signOn, Duration longest,
            TrailClock clock) {
        var provider = ProviderClients.users();
        return request -> {
            if (request.getClientRegistration().getProviderDetails().getIssuerUri() == null) {
                throw new SignOnRefused("the provider is configured without its issuer-uri, so nothing says who it is", null);
            }
            OidcUser user = provider.loadUser(request);
            Instant now = clock.instant();
            Caller caller = signOn.caller(user, Tickets.ofSession(UUID.randomUUID().toString()), now.plus(longest), null);
            return new SessionUser(user.getIdToken(), caller, now);
        };
    }

    private static AuthenticationFailureHandler failed(Door door, AuthenticationEntryPoint answer) {
        return (request, response, failure) -> {
            AuthenticationException why = SsoProblems.understood(failure);
            door.turnedAway(why);
            answer.commence(request, response, why);
        };
    }

    /** Whoever begins at a client that is not configured finds nothing there. */
    private static ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> beginning(Problems problems) {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler((request, response, failure) -> {
                    var why = switch (failure.getCause()) {
                        case AuthenticationServiceException unavailable -> unavailable;
                        case MalformedRequest wrong -> wrong;
                        case TooManySessions full -> full;
                        case null, default -> new UnknownThing("not-found", "There is nothing at this address.");
                    };
                    ProblemWriter.write(response, problems.of(why, request));
                });
                return filter;
            }
        };
    }
}
