package io.promptaudit.server.sso;

import java.net.URI;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.server.sso.OidcProvider.Person;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Gets tokens from the provider in the ways that OAuth 2 has for it. */
final class Grants {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String COMMAND_LINE = "command-line";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    /** Nobody listens there: the code is read from the redirect. */
    private static final String DONE = "http://127.0.0.1:9/done";
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private Grants() {}

    /** A program's own token. */
    static String clientCredentials(OidcProvider provider) {
        return token(provider, OidcProvider.ROBOT, Map.of("grant_type", "client_credentials"), "access_token");
    }

    /** A person's token, after they signed in with their browser (PKCE, RFC 7636). */
    static String authorizationCode(OidcProvider provider, Person person) {
        return authorizationCode(provider, person, "access_token");
    }

    /** What the client is told of that person, which is for nobody else. */
    static String idToken(OidcProvider provider, Person person) {
        return authorizationCode(provider, person, "id_token");
    }

    private static String authorizationCode(OidcProvider provider, Person person, String wanted) {
        provider.client(COMMAND_LINE, DONE);
        String verifier = "v".repeat(64);
        var start = URI.create(provider.issuer() + "/oauth2/authorize?response_type=code&scope=openid%20profile&client_id="
                + COMMAND_LINE + "&redirect_uri=" + DONE + "&code_challenge_method=S256&code_challenge=" + sha256(verifier));
        try (var web = new Web()) {
            var code = CODE.matcher(Web.target(web.signIn(start, person.username(), DONE)).toString());
            if (!code.find()) {
                throw new IllegalStateException("no code");
            }
            return token(provider, COMMAND_LINE, Map.of("grant_type", "authorization_code", "code", code.group(1),
                    "redirect_uri", DONE, "code_verifier", verifier), wanted);
        }
    }

    /** A token with which the program acts for the person (RFC 8693). */
    static String exchanged(OidcProvider provider, String subject, String actor) {
        return token(provider, OidcProvider.ROBOT, Map.of("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token", subject, "subject_token_type", ACCESS_TOKEN, "actor_token", actor, "actor_token_type",
                ACCESS_TOKEN), "access_token");
    }

    private static String token(OidcProvider provider, String client, Map<String, String> fields, String wanted) {
        var credentials = Base64.getEncoder().encodeToString((client + ":" + OidcProvider.secret(client)).getBytes(UTF_8));
        HttpRequest.Builder request = Web.form(URI.create(provider.issuer() + "/oauth2/token"), new LinkedHashMap<>(fields))
                .header("Authorization", "Basic " + credentials);
        try (var web = new Web()) {
            var answer = web.send(request);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
            return JSON.readTree(answer.body()).path(wanted).asString();
        }
    }

    private static String sha256(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
