package io.promptaudit.server.sso;

import java.io.IOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.server.resource.BearerTokenError;
import org.springframework.security.web.csrf.CsrfException;

import io.promptaudit.server.http.Problem;
import io.promptaudit.server.http.ProblemMapping;

/** What goes wrong in single sign-on, told without a word of any token. */
@Configuration(proxyBeanMethods = false)
class SsoProblems {
    /** What 401 answers ask for: no browser opens a window of its own for it. */
    static final String CHALLENGE = "Bearer realm=\"prompt-audit-trail\"";

    private static final Logger LOG = LoggerFactory.getLogger(SsoProblems.class);
    private static final int RETRY_SECONDS = 5;
    private static final int UNAUTHORIZED = 401;

    /** Before the one for passwords and keys. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ProblemMapping signOnRefused() {
        return ProblemMapping.of(SignOnRefused.class, failure -> Problem.of(403, "sign-in-refused", failure.getMessage()));
    }

    @Bean
    ProblemMapping notVouchedFor() {
        return ProblemMapping.of(OAuth2AuthenticationException.class, SsoProblems::notVouchedFor);
    }

    /** By RFC 6750, section 3.1, for a bearer token. The failure's own words may quote what was sent. */
    private static Problem notVouchedFor(OAuth2AuthenticationException failure) {
        if (failure.getError() instanceof BearerTokenError error) {
            return Problem.of(error.getHttpStatus().value(), error.getErrorCode().replace('_', '-'),
                    "The bearer token is malformed, expired or not valid yet, or its issuer did not sign it for this server.")
                    .with(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"" + error.getErrorCode() + "\"");
        }
        return challenging(Problem.of(UNAUTHORIZED, "sign-in-failed",
                "The identity provider did not confirm who you are, or that took too long. Begin to sign in again."));
    }

    @Bean
    ProblemMapping providerDoesNotAnswer() {
        return ProblemMapping.of(AuthenticationServiceException.class, SsoProblems::unavailable);
    }

    @Bean
    ProblemMapping providerNeverAnswered() {
        return ProblemMapping.of(JwtDecoderInitializationException.class, SsoProblems::unavailable);
    }

    @Bean
    ProblemMapping tooManySessions() {
        return ProblemMapping.of(TooManySessions.class,
                failure -> Problem.passing("too-many-sessions", failure.getMessage(), RETRY_SECONDS));
    }

    /** The same failure, unless it is the provider's that it did not answer: then nobody was refused. */
    static AuthenticationException understood(AuthenticationException failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof IOException
                ? new AuthenticationServiceException("the provider does not answer", failure)
                : failure;
    }

    /** The same problem; where it asks to sign in, not in a way for which browsers open a window. */
    static Problem challenging(Problem problem) {
        return problem.status() == UNAUTHORIZED ? problem.with(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE) : problem;
    }

    private static Problem unavailable(Throwable failure) {
        LOG.warn("The identity provider does not answer: {}", NestedExceptionUtils.getMostSpecificCause(failure).toString());
        return Problem.passing("identity-provider-unavailable",
                "The identity provider does not answer. Passwords and keys of this server work without it.", RETRY_SECONDS);
    }

    @Bean
    ProblemMapping csrfToken() {
        return ProblemMapping.of(CsrfException.class, _ -> Problem.of(403, "csrf-token-required",
                "A write with a session needs the value of the cookie XSRF-TOKEN in the header X-XSRF-TOKEN."));
    }
}
