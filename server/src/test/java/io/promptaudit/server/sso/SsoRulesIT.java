package io.promptaudit.server.sso;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

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

/** What the rules say to people who come with tokens, and to services that act for them. Each refusal is in the trail. */
@TestInstance(Lifecycle.PER_CLASS)
class SsoRulesIT {
    private static final String ADMIN = TestServer.ADMIN;
    private static final String ME = "/api/v1/me";
    private static final String EDITORS = "clinical-editors";
    private static final String REVIEWERS = "clinical-reviewers";
    private static final String RELEASERS = "releasers";

    private SsoServer sso;

    @BeforeAll
    void start(@TempDir Path folder) {
        sso = new SsoServer(folder, "--promptaudit.sso.grants[0].group=" + EDITORS, "--promptaudit.sso.grants[0].role=editor",
                "--promptaudit.sso.grants[0].prompts=clinical/**", "--promptaudit.sso.grants[1].group=" + REVIEWERS,
                "--promptaudit.sso.grants[1].role=reviewer", "--promptaudit.sso.grants[1].prompts=clinical/**",
                "--promptaudit.sso.grants[2].group=" + RELEASERS, "--promptaudit.sso.grants[2].role=deployer",
                "--promptaudit.sso.grants[2].prompts=clinical/**", "--promptaudit.sso.grants[2].environments=fresh,strict");
        policy("fresh", true, "\"reauthenticateWithin\":\"PT15M\",");
        policy("strict", false, "");
    }

    @AfterAll
    void stop() {
        sso.close();
    }

    private void policy(String environment, boolean approverMayDeploy, String more) {
        assertThat(sso.server.put(ADMIN, "/api/v1/environments/" + environment + "/policy", """
                {"requiredApprovals":1,"authorMayApprove":false,"approverMayDeploy":%s,"requiredChecks":[],
                 "emergencyAllowed":true,"frozen":null,%s"reason":"r"}""".formatted(approverMayDeploy, more)).status())
                .isEqualTo(200);
    }

    private String fresh(Person person) {
        return signedInAt(person, Instant.now().getEpochSecond());
    }

    private String signedInAt(Person person, long moment) {
        return sso.tokens.of(person, claims -> claims.claim("auth_time", moment));
    }

    private void create(String token, String prompt) {
        Answer created = sso.post(token, "/api/v1/prompts",
                "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"one\",\"note\":\"n\"}".formatted(prompt));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
    }

    private Answer approve(String token, String prompt) {
        return sso.post(token, path(prompt) + "/versions/1/approvals", "{}");
    }

    private Answer deploy(String token, String prompt, String environment) {
        return sso.post(token, path(prompt) + "/deployments",
                "{\"version\":1,\"environment\":\"%s\",\"reason\":\"r\"}".formatted(environment));
    }

    private static String path(String prompt) {
        return "/api/v1/prompts/" + prompt.replace("/", "%2F");
    }

    private Answer delegate(String token, String person) {
        return sso.server.put("Bearer " + token, "/api/v1/accounts/" + person + "/delegates/" + OidcProvider.ROBOT, "{}");
    }

    /** What the trail tells of this refusal. */
    private JsonNode refused(Answer answer, String rule, String actor) {
        assertThat(answer.at("rule")).as(answer.text()).isEqualTo(rule);
        JsonNode entry = sso.audit("outcome=refused&actor=" + actor).valueStream()
                .filter(told -> told.path("eventId").asString().equals(answer.at("eventId"))).findFirst().orElseThrow();
        assertThat(entry.path("rule").asString()).isEqualTo(rule);
        return entry;
    }

    @Test
    void onlyWhoSignedInLatelyApprovesWhereThePolicyAsksForIt() {
        create(sso.tokens.of(sso.provider.person("ella", EDITORS)), "clinical/fresh");
        String dora = sso.tokens.of(sso.provider.person("dora", RELEASERS));
        Person rita = sso.provider.person("rita", REVIEWERS);
        approve(signedInAt(rita, Instant.now().minusSeconds(3600).getEpochSecond()), "clinical/fresh");
        Person ruth = sso.provider.person("ruth", REVIEWERS);
        approve(sso.tokens.of(ruth), "clinical/fresh");
        Answer tooOld = deploy(dora, "clinical/fresh", "fresh");
        JsonNode entry = refused(tooOld, "required-approvals", "dora");
        assertThat(entry.path("sentence").asString()).contains("rita", "ruth", "signed without a sign-in within PT15M");

        approve(fresh(sso.provider.person("rolf", REVIEWERS)), "clinical/fresh");
        assertThat(deploy(dora, "clinical/fresh", "fresh").status()).isEqualTo(201);
    }

    @Test
    void whatOneDoesOnlyInPersonNeedsATokenThatSaysWhenOneWasThere() {
        Person yuri = sso.provider.person("yuri");
        sso.get(Grants.clientCredentials(sso.provider), ME);
        refused(delegate(sso.tokens.of(yuri), "yuri"), "person-must-act", "yuri");
        long inMilliseconds = Instant.now().toEpochMilli();
        refused(delegate(signedInAt(yuri, inMilliseconds), "yuri"), "person-must-act", "yuri");
        assertThat(delegate(fresh(yuri), "yuri").status()).isEqualTo(200);
    }

    @Test
    void aServiceThatActsForAPersonIsBothAndCountsAsThePerson() {
        Person zoe = sso.provider.person("zoe", EDITORS, REVIEWERS, RELEASERS);
        create(sso.tokens.of(zoe), "clinical/zoe");
        String robot = Grants.clientCredentials(sso.provider);
        assertThat(sso.get(robot, ME).text()).contains("\"kind\":\"service\"", "\"role\":\"reviewer\"");
        String acting = Grants.exchanged(sso.provider, Grants.authorizationCode(sso.provider, zoe), robot);

        Answer unasked = approve(acting, "clinical/zoe");
        assertThat(unasked.problem()).isEqualTo("sign-in-refused");
        assertThat(unasked.at("detail")).contains("zoe does not let release-robot act for them");
        sso.requireRefusedSignIn("\"release-robot\"", "not-admitted");

        assertThat(delegate(fresh(zoe), "zoe").status()).isEqualTo(200);
        requireBoth(refused(approve(acting, "clinical/zoe"), "author-may-not-approve", OidcProvider.ROBOT));
        Answer named = sso.server.post("Bearer " + robot, path("clinical/zoe") + "/versions/1/approvals", "{}", "On-Behalf-Of",
                "zoe");
        requireBoth(refused(named, "author-may-not-approve", OidcProvider.ROBOT));
        assertThat(approve(robot, "clinical/zoe").status()).isEqualTo(201);

        create(sso.tokens.of(sso.provider.person("emil", EDITORS)), "clinical/emil");
        assertThat(approve(sso.tokens.of(zoe), "clinical/emil").status()).isEqualTo(201);
        requireBoth(refused(deploy(acting, "clinical/emil", "strict"), "approver-may-not-deploy", OidcProvider.ROBOT));
        Answer released = deploy(robot, "clinical/emil", "strict");
        assertThat(released.status()).as(released.text()).isEqualTo(201);
    }

    private static void requireBoth(JsonNode entry) {
        assertThat(entry.path("actor").asString()).isEqualTo(OidcProvider.ROBOT);
        assertThat(entry.path("onBehalfOf").asString()).isEqualTo("zoe");
    }

    @Test
    void aTokenThatActsForSomebodyActsForNobodyElse() {
        String acting = sso.tokens.of(sso.provider.person("anna"),
                claims -> claims.claim("act", Map.of("sub", OidcProvider.ROBOT)));
        sso.get(Grants.clientCredentials(sso.provider), ME);
        Answer answer = sso.server.get("Bearer " + acting, ME, "On-Behalf-Of", ADMIN);
        assertThat(answer.problem()).isEqualTo("sign-in-refused");
        assertThat(answer.at("detail")).contains("the token says for whom it acts, and that is anna");
    }

    @Test
    void aServiceThatNeverCameForItselfActsForNobody() {
        Person anton = sso.provider.person("anton", EDITORS);
        String acting = sso.tokens.of(anton, claims -> claims.claim("act", Map.of("sub", "unknown-robot")));
        assertThat(sso.get(acting, ME).at("detail")).contains("has no account yet");
    }

    @Test
    void aPersonActsForNobodyAtAll() {
        String token = fresh(sso.provider.person("ines"));
        sso.get(token, ME);
        assertThat(sso.server.get("Bearer " + token, ME, "On-Behalf-Of", ADMIN).problem()).isEqualTo("sign-in-refused");
    }

    @Test
    void theLastAdminLosesNothingByAGroup() {
        Person root = sso.provider.person("root", EDITORS);
        assertThat(sso.server.put(ADMIN, "/api/v1/accounts/admin/identity",
                "{\"issuer\":\"%s\",\"subject\":\"%s\"}".formatted(sso.provider.issuer(), root.subject())).status())
                .isEqualTo(200);
        for (int again = 0; again < 3; again++) {
            Answer answer = sso.get(sso.tokens.of(root), ME);
            assertThat(answer.problem()).isEqualTo("sign-in-refused");
            assertThat(answer.at("detail")).contains("no other account that can sign in is an admin");
        }
        assertThat(sso.server.get(ADMIN, ME).text()).contains("\"role\":\"admin\"");
        assertThat(sso.audit("outcome=refused&actor=system&action=change-grants").valueStream()
                .map(entry -> entry.path("rule").asString())).as("refused once, and not with each request")
                .containsExactly("last-admin");
    }
}
