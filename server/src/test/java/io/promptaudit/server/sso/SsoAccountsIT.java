package io.promptaudit.server.sso;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.promptaudit.server.sso.OidcProvider.Person;
import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** From tokens to accounts, identities, grants and groups, all on record. */
@TestInstance(Lifecycle.PER_CLASS)
class SsoAccountsIT {
    private static final String ADMIN = TestServer.ADMIN;
    private static final String ME = "/api/v1/me";
    private static final String EDITORS = "clinical-editors";
    private static final String REVIEWERS = "clinical-reviewers";
    private static final String PROMPT = """
            {"name":"%s","type":"text","content":"one","note":"n"}""";

    private SsoServer sso;

    @BeforeAll
    void start(@TempDir Path folder) {
        sso = new SsoServer(folder, "--promptaudit.sso.grants[0].group=" + EDITORS, "--promptaudit.sso.grants[0].role=editor",
                "--promptaudit.sso.grants[0].prompts=clinical/**", "--promptaudit.sso.grants[1].group=" + REVIEWERS,
                "--promptaudit.sso.grants[1].role=reviewer", "--promptaudit.sso.grants[1].prompts=clinical/**",
                "--promptaudit.sso.groups=medical-safety");
    }

    @AfterAll
    void stop() {
        sso.close();
    }

    private Answer create(String token, String prompt) {
        return sso.post(token, "/api/v1/prompts", PROMPT.formatted(prompt));
    }

    private Answer approve(String token, String prompt) {
        return sso.post(token, "/api/v1/prompts/" + prompt.replace("/", "%2F") + "/versions/1/approvals", "{}");
    }

    private Stream<String> whatHappenedTo(String id) {
        return sso.account(id).path("history").valueStream().map(change -> change.path("what").asString());
    }

    private static Date ago(Duration age) {
        return Date.from(Instant.now().minus(age));
    }

    @Test
    void whoeverComesForTheFirstTimeGetsAnAccountFromTheServer() {
        Person nora = sso.provider.person("nora", EDITORS, "medical-safety", "football");
        Answer me = sso.get(sso.tokens.of(nora), ME);
        assertThat(me.text()).contains("\"id\":\"nora\"", "\"kind\":\"person\"", "\"role\":\"editor\"", "medical-safety")
                .doesNotContain("football");
        JsonNode history = sso.account("nora").path("history");
        assertThat(history.toString()).contains("\"what\":\"created\"", "\"what\":\"identity-linked\"",
                "\"issuer\":\"" + sso.provider.issuer() + "\"", "\"subject\":\"" + nora.subject() + "\"");
        assertThat(history.valueStream().map(change -> change.path("by").asString())).containsOnly("system");
    }

    @Test
    void whoeverComesAgainWritesNothing() {
        Person olga = sso.provider.person("olga", EDITORS);
        sso.get(sso.tokens.of(olga), ME);
        assertThat(whatHappenedTo("olga")).containsExactly("created", "identity-linked");
        assertThat(sso.get(sso.tokens.of(olga), ME).status()).isEqualTo(200);
        assertThat(whatHappenedTo("olga")).containsExactly("created", "identity-linked");
    }

    @Test
    void manyFirstRequestsAtOnceMakeOneAccount() throws Exception {
        Person paul = sso.provider.person("paul", EDITORS);
        int many = 12;
        var together = new CyclicBarrier(many);
        var answers = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newFixedThreadPool(many)) {
            for (int i = 0; i < many; i++) {
                String token = sso.tokens.of(paul);
                Callable<Answer> request = () -> {
                    together.await();
                    return sso.get(token, ME);
                };
                answers.add(threads.submit(request));
            }
        }
        for (Future<Answer> answer : answers) {
            assertThat(answer.get().text()).contains("\"id\":\"paul\"");
        }
        assertThat(whatHappenedTo("paul")).containsExactly("created", "identity-linked");
    }

    @Test
    void groupsAllowWhatIsMappedAndNothingElse() {
        String token = sso.tokens.of(sso.provider.person("rosa", EDITORS));
        assertThat(create(token, "clinical/rosa").status()).isEqualTo(201);
        assertThat(create(token, "legal/rosa").problem()).isEqualTo("missing-grant");
        assertThat(approve(token, "clinical/rosa").problem()).isEqualTo("missing-grant");
    }

    @Test
    void whoeverIsInNoMappedGroupSeesNothing() {
        create(sso.tokens.of(sso.provider.person("rudi", EDITORS)), "clinical/rudi");
        String token = sso.tokens.of(sso.provider.person("nobody", "football"));
        assertThat(sso.get(token, "/api/v1/prompts").json().path("items").size()).isZero();
        assertThat(sso.get(token, "/api/v1/prompts/clinical%2Frudi").status()).isEqualTo(404);
    }

    @Test
    void aChangeOfGroupsIsOnRecordAndInForceBeforeTheRequestGoesOn() {
        Person sara = sso.provider.person("sara", EDITORS, "medical-safety");
        assertThat(create(sso.tokens.of(sara), "clinical/sara").status()).isEqualTo(201);
        sara = sso.provider.person("sara");
        assertThat(create(sso.tokens.of(sara), "clinical/sara2").problem()).isEqualTo("missing-grant");
        assertThat(whatHappenedTo("sara")).containsExactly("created", "groups-changed", "identity-linked", "grants-changed",
                "groups-changed");
        assertThat(sso.audit("actor=system&action=change-grants").toString()).contains("\\\"sara\\\" to no role");
    }

    @Test
    void anOlderTokenDoesNotGiveBackWhatANewerOneTookAway() {
        Person tara = sso.provider.person("tara", EDITORS);
        String older = sso.tokens.of(tara, claims -> claims.issueTime(ago(Duration.ofMinutes(5))));
        assertThat(create(older, "clinical/tara").status()).isEqualTo(201);
        sso.get(sso.tokens.of(sso.provider.person("tara")), ME);
        assertThat(create(older, "clinical/tara2").problem()).isEqualTo("missing-grant");
    }

    @Test
    void grantsThatAnAdminGaveByHandGiveWayToTheMapping() {
        Person ulla = sso.provider.person("ulla", EDITORS);
        sso.get(sso.tokens.of(ulla), ME);
        sso.server.put(ADMIN, "/api/v1/accounts/ulla/grants", "{\"grants\":[{\"role\":\"auditor\"}]}");
        assertThat(sso.get(sso.tokens.of(ulla), ME).text()).contains("editor").doesNotContain("auditor");
    }

    @Test
    void anAccountThatExistsIsLinkedByAnAdminOnly() {
        sso.server.account("lena", """
                [{"role":"editor","prompts":"clinical/**"},{"role":"reviewer","prompts":"clinical/**"}]""");
        Person lena = sso.provider.person("lena", EDITORS, REVIEWERS);
        Answer refused = sso.get(sso.tokens.of(lena), ME);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("sign-in-refused");
        assertThat(refused.at("detail")).contains("lena", "an admin can link it");
        sso.requireRefusedSignIn("\"lena\"", "not-admitted");

        assertThat(sso.server.post("lena", "/api/v1/prompts", PROMPT.formatted("clinical/lena")).status()).isEqualTo(201);
        assertThat(sso.server.put(ADMIN, "/api/v1/accounts/lena/identity",
                "{\"issuer\":\"%s\",\"subject\":\"%s\"}".formatted(sso.provider.issuer(), lena.subject())).status())
                .isEqualTo(200);
        // With a password or with a token: the same author.
        Answer own = approve(sso.tokens.of(lena), "clinical/lena");
        assertThat(own.problem()).isEqualTo("author-may-not-approve");
        assertThat(sso.audit("outcome=refused&actor=lena").toString()).contains("author-may-not-approve");
    }

    @Test
    void whoeverCannotBeCalledAsTheTokenSaysIsRefusedWithTheReason() {
        Person odd = new Person("s-odd", "no account is called so", List.of());
        Answer refused = sso.get(sso.tokens.of(odd), ME);
        assertThat(refused.problem()).isEqualTo("sign-in-refused");
        assertThat(refused.at("detail")).contains("preferred_username", "1 to 64");
        assertThat(sso.get(sso.tokens.of(odd, claims -> claims.claim("preferred_username", null)), ME).at("detail"))
                .contains("preferred_username");
        assertThat(sso.get(sso.tokens.of(odd, claims -> claims.claim("preferred_username", "pk-odd")), ME).at("detail"))
                .contains("must not begin with");
    }

    @Test
    void aNameThatIsNoneKeepsNobodyOut() {
        Person xeno = sso.provider.person("xeno");
        String token = sso.tokens.of(xeno, claims -> claims.claim("name", "x".repeat(500)));
        assertThat(sso.get(token, ME).status()).isEqualTo(200);
        assertThat(sso.account("xeno").path("displayName").asString()).isEqualTo("xeno");
    }

    @Test
    void aLockedAccountIsRefusedThoughTheTokenIsGood() {
        Person wim = sso.provider.person("wim", EDITORS);
        sso.get(sso.tokens.of(wim), ME);
        sso.server.post(ADMIN, "/api/v1/accounts/wim/lock", "{\"reason\":\"lost\"}");
        wim = sso.provider.person("wim");
        Answer refused = sso.get(sso.tokens.of(wim), ME);
        assertThat(refused.problem()).isEqualTo("sign-in-refused");
        assertThat(refused.at("detail")).contains("locked");
        sso.requireRefusedSignIn("\"wim\"", "not-admitted");
        assertThat(whatHappenedTo("wim")).doesNotContain("grants-changed");
        sso.server.post(ADMIN, "/api/v1/accounts/wim/unlock", "{\"reason\":\"found\"}");
        assertThat(sso.get(sso.tokens.of(wim), ME).status()).isEqualTo(200);
    }
}
