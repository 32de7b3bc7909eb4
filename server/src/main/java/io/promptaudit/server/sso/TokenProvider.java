package io.promptaudit.server.sso;

import java.util.Objects;
import java.util.regex.Pattern;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

import io.promptaudit.api.Caller;
import io.promptaudit.command.account.KeyPair;
import io.promptaudit.server.security.Authorities;
import io.promptaudit.server.security.RequestDetails;

/** Verifies access tokens, and lets their holders in as accounts. */
final class TokenProvider implements AuthenticationProvider {
    private static final Pattern TOKEN_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final JwtAuthenticationProvider tokens;
    private final SignOn signOn;

    TokenProvider(JwtDecoder decoder, SignOn signOn) {
        this.tokens = new JwtAuthenticationProvider(decoder);
        this.signOn = signOn;
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        Jwt token = ((JwtAuthenticationToken) tokens.authenticate(presented)).getToken();
        String person = presented.getDetails() instanceof RequestDetails request ? request.onBehalfOf() : null;
        Caller caller = signOn.caller(token, credential(token), Objects.requireNonNull(token.getExpiresAt()).plus(SignOn.SKEW),
                person);
        return new JwtAuthenticationToken(token, caller, Authorities.of(caller));
    }

    /** The token's id, or where it has none a digest, which leads nobody back to the token. */
    private static String credential(Jwt token) {
        String id = token.getId();
        return Tickets.ofToken(
                id != null && TOKEN_ID.matcher(id).matches() ? id : KeyPair.hash(token.getTokenValue()));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return tokens.supports(authentication);
    }
}
