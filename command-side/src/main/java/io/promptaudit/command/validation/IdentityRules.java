package io.promptaudit.command.validation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Identity;
import io.promptaudit.api.InvalidValue;

/** The rules for identities of an identity provider (OpenID Connect Core 1.0, section 2: {@code iss} and {@code sub}). */
final class IdentityRules {
    private static final int LONGEST_ISSUER = 500;
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern SUBJECT = Pattern.compile("[\\x20-\\x7e]{1,255}");

    private IdentityRules() {}

    static void check(Identity identity) {
        issuer(identity.issuer());
        Texts.required("subject", identity.subject(), LONGEST_ISSUER);
        if (!SUBJECT.matcher(identity.subject()).matches()) {
            throw new InvalidValue("subject", "must be 1 to 255 characters of ASCII");
        }
    }

    private static void issuer(@Nullable String issuer) {
        Texts.required("issuer", issuer, LONGEST_ISSUER);
        if (issuer == null) {
            return;
        }
        try {
            var parsed = new URI(issuer);
            String scheme = parsed.getScheme();
            if (scheme != null && SCHEMES.contains(scheme) && parsed.getHost() != null && parsed.getQuery() == null
                    && parsed.getFragment() == null) {
                return;
            }
        } catch (URISyntaxException notAnAddress) {
            // Falls through to the same answer as an address of another kind.
        }
        throw new InvalidValue("issuer", "must be an http or https address without query and fragment");
    }
}
