package io.promptaudit.server.sso;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.awaitility.Awaitility.await;

/** The product and a provider that it trusts. */
final class SsoServer implements AutoCloseable {
    final OidcProvider provider;
    final TestServer server;
    final Tokens tokens;

    SsoServer(Path folder, String... more) {
        this(folder, new Class<?>[0], more);
    }

    SsoServer(Path folder, Class<?>[] sources, String... more) {
        this.provider = new OidcProvider(0);
        this.tokens = new Tokens(provider);
        var options = new ArrayList<>(List.of(options(provider.issuer())));
        options.addAll(List.of(more));
        server = new TestServer(folder, sources, options.toArray(String[]::new));
        provider.client(OidcProvider.TRAIL, at("/login/oauth2/code/trail").toString());
    }

    /** All that has to be said of a provider. */
    static String[] options(String issuer) {
        return new String[]{"--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer,
                "--spring.security.oauth2.resourceserver.jwt.audiences=" + OidcProvider.AUDIENCE,
                "--spring.security.oauth2.client.provider.house.issuer-uri=" + issuer,
                "--spring.security.oauth2.client.registration.trail.provider=house",
                "--spring.security.oauth2.client.registration.trail.client-id=" + OidcProvider.TRAIL,
                "--spring.security.oauth2.client.registration.trail.client-secret=" + OidcProvider.secret(OidcProvider.TRAIL),
                "--spring.security.oauth2.client.registration.trail.scope=openid,profile"};
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** Signs in at the provider with this browser, and is back. */
    HttpResponse<String> signIn(Web web, String person) {
        return web.signIn(at("/oauth2/authorization/trail"), person, "nowhere");
    }

    Answer get(String token, String path) {
        return server.get("", path, "Authorization", "Bearer " + token);
    }

    /** What admins are told of the account. */
    JsonNode account(String id) {
        return server.get(TestServer.ADMIN, "/api/v1/accounts/" + id, "Audit-Position", Long.toString(server.head())).json();
    }

    /** What auditors are told, the newest included. */
    JsonNode audit(String query) {
        return server.get(TestServer.ADMIN, "/api/v1/audit?" + query, "Audit-Position", Long.toString(server.head())).json()
                .path("items");
    }

    /** Waits until it is on record that somebody was refused who came as this, for this reason. */
    void requireRefusedSignIn(String whom, String reason) {
        String sentence = " as " + whom + " with a token: " + reason;
        await().atMost(Duration.ofMinutes(2)).until(() -> audit("action=sign-in&outcome=refused").valueStream()
                .anyMatch(entry -> entry.path("sentence").asString().endsWith(sentence + ".")));
    }

    Answer post(String token, String path, String body) {
        return server.post("", path, body, "Authorization", "Bearer " + token);
    }

    @Override
    public void close() {
        server.close();
        provider.close();
    }
}
