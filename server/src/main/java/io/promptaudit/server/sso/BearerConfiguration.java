package io.promptaudit.server.sso;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

import io.promptaudit.command.account.KeyPair;
import io.promptaudit.server.http.ProblemWriter;
import io.promptaudit.server.http.Problems;
import io.promptaudit.server.security.Door;
import io.promptaudit.server.security.RequestDetails;

/** Takes access tokens of the issuer that is configured (JWTs; RFC 6750, RFC 9068). Without one there is nothing of it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(BearerConfiguration.PREFIX + ".issuer-uri")
class BearerConfiguration {
    static final String PREFIX = "spring.security.oauth2.resourceserver.jwt";
    private static final String SCHEME = "Bearer ";

    @Bean
    @Order(1)
    SecurityFilterChain bearerTokens(HttpSecurity http, OAuth2ResourceServerProperties properties, JwtDecoder decoder,
            SignOn signOn, Door door, Problems problems) {
        if (properties.getJwt().getAudiences().isEmpty()) {
            // Any token that the issuer gave to any other server would open this one.
            throw new InvalidConfigurationPropertyValueException(PREFIX + ".audiences", null,
                    "Name what the tokens for this server have as their audience.");
        }
        var converter = new BearerTokenAuthenticationConverter();
        converter.setAuthenticationDetailsSource(RequestDetails::new);
        var filter = new BearerTokenAuthenticationFilter(new ProviderManager(door.before(new TokenProvider(decoder, signOn))),
                converter);
        filter.setAuthenticationEntryPoint(
                (request, response, failure) -> ProblemWriter.write(response, problems.of(failure, request)));
        return http.securityMatcher(request -> isToken(request.getHeader(HttpHeaders.AUTHORIZATION)))
                .addFilterAt(filter, BasicAuthenticationFilter.class).build();
    }

    private static boolean isToken(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        // An API key's secret: there is no token that begins so.
                && !authorization.startsWith(KeyPair.SECRET, SCHEME.length());
    }

    /** Also those that say that they are access tokens. */
    @Bean
    JwtTypeValidator accessTokenTypes() {
        var types = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
        types.setAllowEmpty(true);
        return types;
    }

    /** A token that never ends is none. */
    @Bean
    JwtTimestampValidator tokenTimes() {
        var times = new JwtTimestampValidator(SignOn.SKEW);
        times.setAllowEmptyExpiryClaim(false);
        return times;
    }

    @Bean
    OAuth2TokenValidator<Jwt> tokenSubject() {
        return new JwtClaimValidator<String>(JwtClaimNames.SUB, subject -> subject != null && !subject.isBlank());
    }
}
