package io.promptaudit.server.security;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;

import io.promptaudit.command.account.KeyPair;

/** A key's secret that was presented alone, as {@code Authorization: Bearer sk-…} (RFC 6750, 2.1). */
final class BearerKey extends AbstractAuthenticationToken implements CredentialsContainer {
    private static final long serialVersionUID = 1L;
    private static final String SCHEME = "bearer ";

    private transient @Nullable String secret;

    private BearerKey(String secret, RequestDetails details) {
        super(List.of());
        this.secret = secret;
        setDetails(details);
    }

    /** Reads a key's secret from a request and leaves the rest to HTTP Basic. */
    static AuthenticationConverter orBasic() {
        var basic = new BasicAuthenticationConverter(RequestDetails::new);
        return request -> {
            BearerKey key = of(request);
            return key == null ? basic.convert(request) : key;
        };
    }

    private static @Nullable BearerKey of(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String token = header.substring(SCHEME.length()).strip();
        return token.startsWith(KeyPair.SECRET) ? new BearerKey(token, new RequestDetails(request)) : null;
    }

    @Override
    public String getName() {
        return "";
    }

    @Override
    public @Nullable Object getPrincipal() {
        return null;
    }

    @Override
    public @Nullable Object getCredentials() {
        return secret;
    }

    @Override
    public void eraseCredentials() {
        secret = null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
