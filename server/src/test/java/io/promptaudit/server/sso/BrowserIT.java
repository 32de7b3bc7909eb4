package io.promptaudit.server.sso;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;

import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Signing in at the provider with a browser, and what the session here is good for. */
@TestInstance(Lifecycle.PER_CLASS)
class BrowserIT {
    private static final String PROMPT = """
            {"name":"%s/one","type":"text","content":"one","note":"n"}""";

    private static final String ME = "/api/v1/me";

    private SsoServer sso;

    @BeforeAll
    void start(@TempDir Path folder) {
        sso = new SsoServer(folder, "--promptaudit.feed.heartbeat=1s");
        sso.provider.person("vera");
        sso.provider.person("egon");
    }

    @AfterAll
    void stop() {
        sso.close();
    }

    private HttpResponse<String> signIn(Web web, String person) {
        return sso.signIn(web, person);
    }

    private HttpResponse<String> post(Web web, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(sso.at(path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return web.send(request);
    }

    @Test
    void signsInAtTheProviderAndComesBackAsAnAccount() {
        try (var web = new Web()) {
            HttpResponse<String> me = signIn(web, "vera");
            assertThat(me.statusCode()).isEqualTo(200);
            assertThat(me.uri()).isEqualTo(sso.at("/api/v1/me"));
            assertThat(me.body()).contains("\"id\":\"vera\"", "\"kind\":\"person\"");
            String begun = web.visited.stream().map(URI::toString).filter(uri -> uri.contains("/oauth2/authorize?")).findFirst()
                    .orElseThrow();
            assertThat(begun).contains("code_challenge_method=S256", "state=", "nonce=");
        }
    }

    @Test
    void theSessionsCookieIsForHttpOnlyAndTheSessionIsANewOne() {
        try (var web = new Web()) {
            List<String> begun = web.get(sso.at("/oauth2/authorization/trail")).headers().allValues("Set-Cookie");
            String before = web.cookie(sso.at("/"), "SESSION");
            assertThat(begun).filteredOn(cookie -> cookie.startsWith("SESSION=")).singleElement().asString()
                    .contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Secure");
            signIn(web, "vera");
            assertThat(web.cookie(sso.at("/"), "SESSION")).isNotEqualTo(before);
            assertThat(sso.server.get("", ME, "Cookie", "SESSION=" + before).status()).isEqualTo(401);
        }
    }

    @Test
    void readsNeedTheSessionAlone() {
        try (var web = new Web()) {
            signIn(web, "vera");
            assertThat(web.get(sso.at("/api/v1/environments")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void writesNeedTheTokenOfTheCookieInAHeader() {
        try (var web = new Web()) {
            signIn(web, "vera");
            HttpResponse<String> without = post(web, "/api/v1/prompts", PROMPT.formatted("vera"));
            assertThat(without.statusCode()).isEqualTo(403);
            assertThat(without.body()).contains("/problems/csrf-token-required");
            HttpResponse<String> wrong = post(web, "/api/v1/prompts", PROMPT.formatted("vera"), "X-XSRF-TOKEN", "guessed");
            assertThat(wrong.body()).contains("/problems/csrf-token-required");

            HttpResponse<String> with = post(web, "/api/v1/prompts", PROMPT.formatted("vera"), "X-XSRF-TOKEN",
                    web.cookie(sso.at("/"), "XSRF-TOKEN"));
            // It came as far as the rules of the trail.
            assertThat(with.body()).contains("/problems/missing-grant", "\"eventId\"");
        }
    }

    @Test
    void aPasswordSentAlongNeedsNoTokenAndMakesNoSession() {
        Answer answer = sso.server.post(TestServer.ADMIN, "/api/v1/prompts", PROMPT.formatted("admin"), "Cookie",
                "SESSION=of-somebody");
        assertThat(answer.problem()).isEqualTo("missing-grant");
        assertThat(answer.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void aCookieOfNoSessionIsToldToSignInAndOpensNoWindow() {
        Answer answer = sso.server.get("", "/api/v1/me", "Cookie", "SESSION=made-up");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().get("www-authenticate")).startsWith("Bearer ");
    }

    @Test
    void aSessionIsNoWayAroundALockedAccount() {
        try (var web = new Web()) {
            assertThat(signIn(web, "egon").statusCode()).isEqualTo(200);
            Answer locked = sso.server.post(TestServer.ADMIN, "/api/v1/accounts/egon/erasure", "{\"reason\":\"left\"}");
            assertThat(locked.status()).isEqualTo(201);
            assertThat(web.get(sso.at("/api/v1/me")).statusCode()).isEqualTo(401);
            HttpResponse<String> again = signIn(web, "egon");
            assertThat(again.statusCode()).isEqualTo(403);
            assertThat(again.body()).contains("/problems/sign-in-refused");
            sso.requireRefusedSignIn("\"egon\"", "not-admitted");
        }
    }

    @Test
    void aSessionIsNoWayBackForWhomTheAccountIsNotLinkedToAnyMore() {
        sso.provider.person("dana");
        try (var web = new Web()) {
            signIn(web, "dana");
            assertThat(web.get(sso.at(ME)).statusCode()).isEqualTo(200);
            assertThat(sso.server.put(TestServer.ADMIN, "/api/v1/accounts/dana/identity",
                    "{\"issuer\":\"%s\",\"subject\":\"another\"}".formatted(sso.provider.issuer())).status()).isEqualTo(200);
            assertThat(web.get(sso.at(ME)).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aSubscriberLeavesWithTheSession() {
        try (var web = new Web()) {
            signIn(web, "vera");
            try (Stream<String> lines = web.lines(sso.at("/api/v1/events?after=0"))) {
                Iterator<String> stream = lines.iterator();
                assertThat(stream.next()).isEqualTo(":");
                leave(web);
                assertTimeoutPreemptively(Duration.ofMinutes(1), () -> stream.forEachRemaining(line -> {}));
            }
        }
    }

    @Test
    void aSessionActsForNobodyElse() {
        try (var web = new Web()) {
            signIn(web, "vera");
            assertThat(web.send(HttpRequest.newBuilder(sso.at(ME)).header("On-Behalf-Of", "admin")).statusCode()).isEqualTo(401);
            assertThat(web.send(HttpRequest.newBuilder(sso.at(ME)).headers("On-Behalf-Of", "admin", "On-Behalf-Of", "vera"))
                    .statusCode()).isEqualTo(400);
        }
    }

    @Test
    void whoeverSignedInLatelyIsThereInPerson() {
        try (var web = new Web()) {
            signIn(web, "vera");
            sso.get(Grants.clientCredentials(sso.provider), ME);
            HttpResponse<String> allowed = web.send(HttpRequest
                    .newBuilder(sso.at("/api/v1/accounts/vera/delegates/" + OidcProvider.ROBOT))
                    .header("Content-Type", "application/json").header("X-XSRF-TOKEN", web.cookie(sso.at("/"), "XSRF-TOKEN"))
                    .PUT(BodyPublishers.ofString("{}")));
            assertThat(allowed.statusCode()).as(allowed.body()).isEqualTo(200);
        }
    }

    @Test
    void theProviderIsAskedWhenSomebodySignedInAndToHaveThemDoItAgain() {
        try (var web = new Web()) {
            assertThat(Web.target(web.get(sso.at("/oauth2/authorization/trail"))).getQuery()).contains("max_age=43200")
                    .doesNotContain("prompt=");
            assertThat(Web.target(web.get(sso.at("/oauth2/authorization/trail?prompt=login"))).getQuery())
                    .contains("max_age=43200", "prompt=login", "code_challenge_method=S256", "nonce=");
            HttpResponse<String> other = web.get(sso.at("/oauth2/authorization/trail?prompt=none"));
            assertThat(other.statusCode()).isEqualTo(400);
            assertThat(other.body()).contains("\"field\":\"prompt\"");
        }
    }

    @Test
    void leaving() {
        try (var web = new Web()) {
            signIn(web, "vera");
            String session = web.cookie(sso.at("/"), "SESSION");
            assertThat(post(web, "/logout", "").statusCode()).isEqualTo(403);
            leave(web);
            assertThat(sso.server.get("", "/api/v1/me", "Cookie", "SESSION=" + session).status()).isEqualTo(401);
        }
    }

    private void leave(Web web) {
        assertThat(post(web, "/logout", "", "X-XSRF-TOKEN", web.cookie(sso.at("/"), "XSRF-TOKEN")).statusCode()).isEqualTo(204);
    }

    static Stream<Arguments> badIdTokens() {
        return Stream.of(Arguments.of("of another sign-in", (Consumer<JwtClaimsSet.Builder>) c -> c.claim("nonce", "another")),
                Arguments.of("for another client", (Consumer<JwtClaimsSet.Builder>) c -> c.audience(List.of("another"))),
                Arguments.of("of another issuer", (Consumer<JwtClaimsSet.Builder>) c -> c.issuer("http://localhost:1")),
                Arguments.of("expired", (Consumer<JwtClaimsSet.Builder>) c -> c.issuedAt(Instant.now().minusSeconds(900))
                        .expiresAt(Instant.now().minusSeconds(600))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badIdTokens")
    void anIdTokenThatIsNotForThisSignInIsRefusedAndOnRecord(String how, Consumer<JwtClaimsSet.Builder> wrong) {
        sso.provider.idTokens = wrong;
        try (var web = new Web()) {
            HttpResponse<String> refused = signIn(web, "vera");
            assertThat(refused.statusCode()).as(how).isEqualTo(401);
            assertThat(refused.body()).contains("/problems/sign-in-failed");
            assertThat(web.get(sso.at(ME)).statusCode()).isEqualTo(401);
            sso.requireRefusedSignIn("nobody known", "wrong-credential");
        } finally {
            sso.provider.idTokens = claims -> {};
        }
    }

    @Test
    void anAnswerThatNobodyAskedForIsRefused() {
        try (var web = new Web()) {
            HttpResponse<String> unasked = web.get(sso.at("/login/oauth2/code/trail?code=stolen&state=guessed"));
            assertThat(unasked.statusCode()).isEqualTo(401);
            assertThat(unasked.body()).contains("/problems/sign-in-failed").doesNotContain("stolen");
        }
    }

    @Test
    void anAnswerToSomebodyElsesRequestIsRefused() {
        try (var mine = new Web(); var theirs = new Web()) {
            URI back = Web.target(mine.signIn(sso.at("/oauth2/authorization/trail"), "vera", sso.at("/login/").toString()));
            theirs.get(sso.at("/oauth2/authorization/trail"));
            assertThat(theirs.get(back).body()).contains("/problems/sign-in-failed");
        }
    }

    @Test
    void aClientThatIsNotConfiguredIsNotThere() {
        try (var web = new Web()) {
            assertThat(web.get(sso.at("/oauth2/authorization/unknown")).statusCode()).isEqualTo(404);
            assertThat(web.get(sso.at("/login")).statusCode()).isEqualTo(401);
        }
    }
}
