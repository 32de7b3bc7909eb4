package io.promptaudit.server.sso;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.nimbusds.jwt.JWTClaimsSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import io.promptaudit.server.sso.OidcProvider.Person;
import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Access tokens of a provider, presented to the API. */
@TestInstance(Lifecycle.PER_CLASS)
class BearerIT {
    private static final String ME = "/api/v1/me";

    private SsoServer sso;
    private Person vera;

    @BeforeAll
    void start(@TempDir Path folder) {
        sso = new SsoServer(folder, "--promptaudit.feed.heartbeat=1s");
        vera = sso.provider.person("vera");
    }

    @AfterAll
    void stop() {
        sso.close();
    }

    @Test
    void aTokenThatTheProviderGaveToAProgramIsGood() {
        String token = Grants.clientCredentials(sso.provider);
        assertThat(sso.get(token, ME).json().toString()).contains("\"id\":\"release-robot\"", "\"kind\":\"service\"");
    }

    @Test
    void aTokenThatTheProviderGaveForACodeIsGood() {
        String token = Grants.authorizationCode(sso.provider, vera);
        assertThat(sso.get(token, ME).text()).contains("\"id\":\"vera\"", "\"kind\":\"person\"");
        assertThat(sso.account("vera").path("displayName").asString()).isEqualTo("Name of vera");
    }

    @Test
    void anyTypeOfAccessTokenIsGood() {
        assertThat(sso.get(sso.tokens.of(vera), ME).status()).isEqualTo(200);
    }

    Stream<Arguments> badTokens() {
        Instant now = Instant.now();
        Tokens tokens = sso.tokens;
        JWTClaimsSet good = tokens.claims(vera).build();
        var key = sso.provider.keys.current();
        String whole = tokens.of(vera);
        String[] parts = whole.split("\\.", -1);
        return Stream.of(
                Arguments.of("expired", tokens.of(vera, c -> c.expirationTime(Date.from(now.minusSeconds(90))))),
                Arguments.of("without an end", tokens.of(vera, c -> c.expirationTime(null))),
                Arguments.of("not valid yet", tokens.of(vera, c -> c.notBeforeTime(Date.from(now.plusSeconds(90))))),
                Arguments.of("an ID token", Grants.idToken(sso.provider, vera)),
                Arguments.of("for another server", tokens.of(vera, c -> c.audience("another-server"))),
                Arguments.of("for nobody", tokens.of(vera, c -> c.audience(List.<String>of()))),
                Arguments.of("from another issuer", tokens.of(vera, c -> c.issuer("http://localhost:1"))),
                Arguments.of("from no issuer", tokens.of(vera, c -> c.issuer(null))),
                Arguments.of("of nobody", tokens.of(vera, c -> c.subject(null))),
                Arguments.of("bound to another's certificate", tokens.of(vera, c -> c.claim("cnf", Map.of("x5t#S256", "x")))),
                Arguments.of("bound to a key that was not shown", tokens.of(vera, c -> c.claim("cnf", Map.of("jkt", "x")))),
                Arguments.of("unsigned", Tokens.unsigned(good)),
                Arguments.of("signed with the public key as a secret", Tokens.signedWithPublicKey(key, good)),
                Arguments.of("signed with a key of one's own", Tokens.signedBy(SigningKeys.generate(), good)),
                Arguments.of("with changed claims", parts[0] + "." + encoded(good.toString()) + "." + parts[2]),
                Arguments.of("without its signature", parts[0] + "." + parts[1] + "."),
                Arguments.of("cut off", whole.substring(0, whole.length() - 10)),
                Arguments.of("no token", "garbage"));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void aBadTokenIsRefusedWithoutAWordOfIt(String how, String token) {
        Answer answer = sso.get(token, ME);
        assertThat(answer.status()).as(how).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("invalid-token");
        assertThat(answer.headers()).containsEntry("www-authenticate",
                "Bearer realm=\"prompt-audit-trail\", error=\"invalid_token\"");
        assertThat(answer.text()).doesNotContain(token).doesNotContain("vera").doesNotContain(vera.subject());
    }

    @Test
    void aBadTokenIsOnRecordAsNobodys() {
        assertThat(sso.get(Tokens.signedBy(SigningKeys.generate(), sso.tokens.claims(vera).build()), ME).status()).isEqualTo(401);
        sso.requireRefusedSignIn("nobody known", "wrong-credential");
    }

    @Test
    void noTokenIsLogged() {
        var console = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(console, true, UTF_8));
        try {
            LoggerFactory.getLogger(getClass()).error("what is logged is seen here");
            assertThat(console.toString(UTF_8)).contains("what is logged is seen here");
            badTokens().forEach(bad -> {
                String token = String.valueOf(bad.get()[1]);
                sso.get(token, ME);
                assertThat(console.toString(UTF_8)).as("%s", bad.get()[0]).doesNotContain(token).doesNotContain(vera.subject());
            });
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void aReplacedKeyIsForgottenAndItsSuccessorKnown() {
        Person vito = sso.provider.person("vito");
        String before = sso.tokens.of(vito);
        assertThat(sso.get(before, ME).status()).isEqualTo(200);
        sso.provider.keys.rotate();
        assertThat(sso.get(sso.tokens.of(vito), ME).status()).isEqualTo(200);
        assertThat(sso.get(before, ME).problem()).isEqualTo("invalid-token");
    }

    @Test
    void aTokenWritesWithoutASessionOrItsCookie() {
        Answer answer = sso.post(sso.tokens.of(vera), "/api/v1/prompts", """
                {"name":"vera/one","type":"text","content":"one","note":"n"}""");
        assertThat(answer.problem()).isEqualTo("missing-grant");
        assertThat(answer.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void whatAnAdminGaveByHandStaysWhereNoGroupIsMapped() {
        Person hanna = sso.provider.person("hanna", "anything");
        sso.get(sso.tokens.of(hanna), ME);
        assertThat(sso.server.put(TestServer.ADMIN, "/api/v1/accounts/hanna/grants", """
                {"grants":[{"role":"editor","prompts":"hanna/**"}]}""").status()).isEqualTo(200);
        assertThat(sso.post(sso.tokens.of(hanna), "/api/v1/prompts", """
                {"name":"hanna/one","type":"text","content":"one","note":"n"}""").status()).isEqualTo(201);
    }

    @Test
    void aSubscriberLeavesWhenItsTokenHasRunOut() {
        Instant now = Instant.now();
        String token = sso.tokens.of(vera, claims -> claims.issueTime(Date.from(now.minusSeconds(900)))
                .expirationTime(Date.from(now.minusSeconds(50))));
        assertThat(sso.get(token, ME).status()).as("clocks may differ by a minute").isEqualTo(200);
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> sso.server.stream("Bearer " + token, "/api/v1/events?after=0", _ -> false))
                .withMessage("the stream ended before what was looked for"));
    }

    @Test
    void aTokenWithoutAnIdIsToldApartInTheTrail() {
        Answer one = refused(sso.tokens.of(vera, claims -> claims.jwtID(null)));
        Answer other = refused(sso.tokens.of(vera, claims -> claims.jwtID("x".repeat(500))));
        assertThat(credential(one)).matches("token:[0-9a-f]{64}").isNotEqualTo(credential(other));
        assertThat(credential(refused(sso.tokens.of(vera, claims -> claims.jwtID("j-1"))))).isEqualTo("token:j-1");
    }

    private Answer refused(String token) {
        return sso.post(token, "/api/v1/prompts", "{\"name\":\"vera/two\",\"type\":\"text\",\"content\":\"c\",\"note\":\"n\"}");
    }

    private String credential(Answer refused) {
        return sso.audit("outcome=refused&actor=vera").valueStream()
                .filter(entry -> entry.path("eventId").asString().equals(refused.at("eventId"))).findFirst().orElseThrow()
                .path("credential").asString();
    }

    @Test
    void aBearerOfAKeyIsNotTakenForAToken() {
        Answer answer = sso.get("sk-notATokenAtAll", ME);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("not-signed-in");
    }
}
