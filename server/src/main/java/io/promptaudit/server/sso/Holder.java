package io.promptaudit.server.sso;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.ClaimAccessor;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Identity;
import io.promptaudit.server.PromptAuditProperties.Sso;

/**
 * Whom a verified token speaks of.
 *
 * @param account what a new account of theirs is to be called, or null
 * @param name a display name
 * @param kind a person, or a service that has the token for itself
 * @param groups as the provider names them
 * @param issuedAt when the token was made; long ago where it does not say
 * @param authenticatedAt when the person last proved to the provider who they are; null where it does not say. That the token
 *     was issued says nothing of it: it may have been refreshed by a program all day
 * @param actor the service that holds the token and acts for the person (RFC 8693, section 4.1), or null
 */
record Holder(Identity identity, @Nullable String account, @Nullable String name, AccountKind kind, Set<String> groups,
        Instant issuedAt, @Nullable Instant authenticatedAt, @Nullable Identity actor) {

    static Holder of(ClaimAccessor token, Sso settings) {
        String issuer = String.valueOf(token.getClaimAsString("iss"));
        String subject = String.valueOf(token.getClaimAsString("sub"));
        @Nullable
        String client = text(token, token.hasClaim("client_id") ? "client_id" : "azp");
        @Nullable
        String account = text(token, settings.accountClaim());
        boolean isClient = isClient(token, subject, account, client);
        return new Holder(new Identity(issuer, subject), account == null && isClient ? client : account, text(token, "name"),
                isClient ? AccountKind.SERVICE : AccountKind.PERSON, texts(token.getClaim(settings.groupsClaim())),
                orElse(token.getClaimAsInstant("iat"), Instant.EPOCH), isClient ? null : token.getClaimAsInstant("auth_time"),
                actor(token.getClaim("act"), issuer));
    }

    /** Whether a client has the token for itself, and no person is behind it. Providers say so in different ways. */
    private static boolean isClient(ClaimAccessor token, String subject, @Nullable String account, @Nullable String client) {
        return subject.equals(client) // RFC 9068, section 2.2
                || (client != null && ("service-account-" + client).equals(account)) // Keycloak
                || "client-credentials".equals(text(token, "gty")) // Auth0
                || "app".equals(text(token, "idtyp")); // Entra ID
    }

    /** Only the outermost actor counts; those inside it are history. */
    private static @Nullable Identity actor(@Nullable Object act, String issuer) {
        if (!(act instanceof Map<?, ?> claims)) {
            return null;
        }
        Object from = claims.get("iss");
        return new Identity(from == null ? issuer : from.toString(), String.valueOf(claims.get("sub")));
    }

    private static @Nullable String text(ClaimAccessor token, String claim) {
        return token.getClaim(claim) instanceof String text && !text.isBlank() ? text : null;
    }

    private static Set<String> texts(@Nullable Object claim) {
        var texts = new TreeSet<String>();
        switch (claim) {
            case String one -> texts.add(one);
            case Collection<?> many -> many.forEach(one -> texts.add(String.valueOf(one)));
            case null, default -> {
            }
        }
        return texts;
    }

    private static Instant orElse(@Nullable Instant moment, Instant otherwise) {
        return moment == null ? otherwise : moment;
    }
}
