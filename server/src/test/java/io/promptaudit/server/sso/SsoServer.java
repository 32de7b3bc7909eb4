package io.promptaudit.server.sso;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.promptaudit.server.trail.MovedClock;
import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

/** The product and a provider that it trusts. */
final class SsoServer implements AutoCloseable {
    final OidcProvider provider;
    final TestServer server;
    final Tokens tokens;

    SsoServer(Path folder, String... more) {
        this(folder, new OidcProvider(0), more);
    }

    SsoServer(Path folder, OidcProvider provider, String... more) {
        this.provider = provider;
        this.tokens = new Tokens(provider);
        var options = new ArrayList<>(List.of(options(provider.issuer())));
        options.addAll(List.of(more));
        server = new TestServer(folder, new Class<?>[]{MovedClock.class}, options.toArray(String[]::new));
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

    Answer get(String token, String path) {
        return server.get("", path, "Authorization", "Bearer " + token);
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
