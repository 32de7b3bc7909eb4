package io.promptaudit.server.sso;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import io.promptaudit.server.trail.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A provider that does not answer, and one that is configured by halves. */
class ProviderDownIT {
    @TempDir
    Path folder;

    @Test
    void keepsNobodyWithAPasswordOutAndIsFoundOnceItAnswers() throws IOException {
        int port = freePort();
        var person = new OidcProvider.Person("s-1", "vera", java.util.List.of());
        try (var server = new TestServer(folder, SsoServer.options("http://localhost:" + port)); var web = new Web()) {
            assertThat(server.get(TestServer.ADMIN, "/api/v1/me").status()).isEqualTo(200);
            var begin = java.net.URI.create("http://127.0.0.1:" + server.port() + "/oauth2/authorization/trail");
            assertThat(web.get(begin).body()).contains("/problems/identity-provider-unavailable");
            assertThat(web.get(begin).statusCode()).isEqualTo(503);
            var refused = server.get("", "/api/v1/me", "Authorization", "Bearer a.b.c");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.problem()).isEqualTo("identity-provider-unavailable");
            assertThat(refused.headers()).containsKey("retry-after");

            try (var provider = new OidcProvider(port)) {
                assertThat(web.get(begin).statusCode()).isEqualTo(302);
                String token = new Tokens(provider).of(person);
                assertThat(server.get("", "/api/v1/me", "Authorization", "Bearer " + token).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void keepsKnownTokensAndSessionsGoing() {
        try (var sso = new SsoServer(folder); var web = new Web()) {
            var vera = sso.provider.person("vera");
            sso.get(sso.tokens.of(vera), "/api/v1/me");
            sso.signIn(web, "vera");
            sso.provider.close();
            assertThat(sso.get(sso.tokens.of(vera), "/api/v1/me").status()).isEqualTo(200);
            assertThat(web.get(sso.at("/api/v1/me")).statusCode()).isEqualTo(200);
            sso.provider.keys.rotate();
            assertThat(sso.get(sso.tokens.of(vera), "/api/v1/me").problem()).isEqualTo("identity-provider-unavailable");
        }
    }

    @Test
    void isNotWaitedForForEverWhenItTakesACodeAndSaysNothing() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var sso = new SsoServer(folder, "--spring.security.oauth2.client.provider.house.token-uri=http://127.0.0.1:"
                        + silent.getLocalPort());
                var web = new Web()) {
            sso.provider.person("vera");
            var answer = sso.signIn(web, "vera");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("/problems/identity-provider-unavailable");
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void withoutAnAudienceTheServerDoesNotStart() {
        assertThatThrownBy(() -> new TestServer(folder,
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri=http://localhost:1").close())
                .hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
                .rootCause().hasMessageContaining("audiences");
    }

    @Test
    void withAGroupThatIsMappedToWhatNobodyCanHaveTheServerDoesNotStart() {
        assertThatThrownBy(() -> new TestServer(folder, "--promptaudit.sso.grants[0].group=g",
                "--promptaudit.sso.grants[0].role=deployer", "--promptaudit.sso.grants[0].prompts=**").close())
                .hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
                .rootCause().hasMessageContaining("promptaudit.sso.grants").hasMessageContaining("at least one environment");
    }
}
