package io.promptaudit.server.trail;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import io.promptaudit.api.Rule;
import io.promptaudit.command.account.Keys;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Keys, agents and services that act for somebody: how they come in, how little they may, and that all of it ends at once. */
class WaysInIT {
    private static final String REASON = "{\"reason\":\"r\"}";

    @TempDir
    static Path folder;
    private static TestServer server;
    private static final ByteArrayOutputStream LOG = new ByteArrayOutputStream();
    private static final List<String> SECRETS = new ArrayList<>();
    private static PrintStream console;
    private static int people;
    private String ada = "";

    @BeforeAll
    static void start() {
        console = System.out;
        System.setOut(new PrintStream(LOG, true, StandardCharsets.UTF_8));
        server = new TestServer(folder);
    }

    /** No event, no table, no log and no answer but the first holds a secret. */
    @AfterAll
    static void stop() {
        System.setOut(console);
        SequenceChecks.requireWhole(server.bean(JdbcClient.class));
        String told = server.get("admin", "/api/v1/audit?limit=200", "Audit-Position", Long.toString(server.head())).text()
                + server.get("admin", "/api/v1/events?after=0&limit=200", "Accept", "application/json").text();
        server.close();
        assertThat(SECRETS).isNotEmpty();
        for (String secret : SECRETS) {
            assertThat(told).doesNotContain(secret);
            assertThat(LOG.toString(StandardCharsets.UTF_8)).doesNotContain(secret);
            assertThat(StoredText.filesWith(folder, secret)).isEmpty();
        }
    }

    /** Somebody new for each test, who reads and edits. */
    @BeforeEach
    void somebody() {
        ada = "ada" + people++;
        server.account(ada, "[{\"role\":\"editor\",\"prompts\":\"**\"},{\"role\":\"auditor\",\"prompts\":\"**\"}]");
    }

    private static Answer made(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        if (answer.json().has("secretKey")) {
            SECRETS.add(answer.at("secretKey"));
        }
        return answer;
    }

    private Answer key(String body) {
        return made(server.post(ada, keys(), body));
    }

    private String keys() {
        return "/api/v1/accounts/" + ada + "/keys";
    }

    private static String bearer(Answer key) {
        return "Bearer " + key.at("secretKey");
    }

    private static void comesIn(String as, String... headers) {
        assertThat(server.get(as, "/api/v1/me", headers).status()).as(as).isEqualTo(200);
    }

    private static void staysOut(String as, String why, String... headers) {
        Answer answer = server.get(as, "/api/v1/me", headers);
        assertThat(answer.problem()).as(answer.text()).isEqualTo("not-signed-in");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.at("detail")).contains(why);
    }

    private static void refused(Answer answer, Rule rule, String actor, String target) {
        assertThat(answer.at("rule")).as(answer.text()).isEqualTo(rule.id());
        JsonNode entry = server.after(answer, "admin", "/api/v1/audit?outcome=refused&limit=1&actor=" + actor).json()
                .path("items")
                .get(0);
        assertThat(entry.path("eventId").asString()).isEqualTo(answer.at("eventId"));
        assertThat(entry.path("rule").asString()).isEqualTo(rule.id());
        assertThat(entry.path("actor").asString()).isEqualTo(actor);
        assertThat(entry.path("account").asString("")).isEqualTo(target);
    }

    private void other(String id, String kind, String grants) {
        made(server.post("admin", "/api/v1/accounts",
                "{\"id\":\"%s\",\"displayName\":\"%s\",%s,\"password\":\"%s\",\"grants\":%s}"
                        .formatted(id, id, kind, TestServer.PASSWORD, grants)));
    }

    private String agent() {
        other(ada + "-bot", "\"kind\":\"agent\",\"actsFor\":\"" + ada + "\"", "[{\"role\":\"auditor\",\"prompts\":\"**\"}]");
        return ada + "-bot";
    }

    private String service() {
        other(ada + "-ci", "\"kind\":\"service\"",
                "[{\"role\":\"editor\",\"prompts\":\"a/**\"},{\"role\":\"reviewer\",\"prompts\":\"**\"}]");
        return ada + "-ci";
    }

    private String delegate(String id) {
        return "/api/v1/accounts/" + ada + "/delegates/" + id;
    }

    private void allow(String id) {
        assertThat(server.put(ada, delegate(id), "{}").status()).isEqualTo(200);
    }

    private void admin(String what) {
        made(server.post("admin", "/api/v1/accounts/" + ada + "/" + what, REASON));
    }

    /** A stream that is open ends, without another event for it to show, once this has happened. */
    private static void endsAnOpenStream(String as, Runnable change) {
        var opened = new boolean[1];
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> server.stream(as, "/api/v1/events?after=0", _ -> {
            if (!opened[0]) {
                opened[0] = true;
                change.run();
            }
            return false;
        })).withMessage("the stream ended before what was looked for");
        assertThat(opened[0]).isTrue();
    }

    @Nested
    class Keyed {
        @Test
        void comeInWithBothHalvesOrTheSecretAlone() {
            Answer key = key("{\"name\":\"laptop\"}");
            for (String as : List.of(key.at("publicKey") + ":" + key.at("secretKey"), bearer(key))) {
                assertThat(server.get(as, "/api/v1/me").at("id")).isEqualTo(ada);
            }
            Answer written = server.post(bearer(key), "/api/v1/prompts",
                    "{\"name\":\"%s/x\",\"type\":\"text\",\"content\":\"c\",\"note\":\"n\"}".formatted(ada));
            JsonNode entry = server.after(written, "admin", "/api/v1/audit?actor=" + ada + "&limit=1").json().path("items")
                    .get(0);
            assertThat(entry.path("credential").asString()).isEqualTo("key:" + key.at("publicKey"));
        }

        @Test
        void stayOutWithAnythingElse() {
            Answer key = key("{\"name\":\"laptop\"}");
            Answer another = key("{\"name\":\"other\"}");
            for (String as : List.of(key.at("publicKey") + ":" + another.at("secretKey"), key.at("publicKey") + ":",
                    "pk-none:" + key.at("secretKey"), ada + ":" + key.at("secretKey"), "Bearer sk-none",
                    "Bearer " + key.at("publicKey"), "Bearer " + key.at("secretKey") + "x")) {
                Answer answer = server.get(as, "/api/v1/me");
                assertThat(answer.status()).as(as).isEqualTo(401);
                assertThat(answer.text()).doesNotContain("sk-");
                assertThat(answer.headers().get("www-authenticate")).as(as).startsWith("Basic realm=").contains("Bearer realm=")
                        .matches(as.startsWith("Bearer ") ? ".*, error=\"invalid_token\"" : "[^,]+, charset=[^,]+, [^,]+");
            }
        }

        @Test
        void mayNoMoreThanTheirLimit() {
            refusedValue(server.post(ada, keys(), "{\"name\":\"k\",\"grants\":[{\"role\":\"admin\"}]}"), "grants[0]");
            Answer key = key("{\"name\":\"k\",\"grants\":[{\"role\":\"editor\",\"prompts\":\"%s/**\"}]}".formatted(ada));
            String body = "{\"name\":\"%s/%s\",\"type\":\"text\",\"content\":\"c\",\"note\":\"n\"}";
            made(server.post(bearer(key), "/api/v1/prompts", body.formatted(ada, "mine")));
            assertThat(server.post(bearer(key), "/api/v1/prompts", body.formatted("others", ada)).at("rule"))
                    .isEqualTo("missing-grant");
            made(server.post(ada, "/api/v1/prompts", body.formatted("others", ada)));
            assertThat(server.get(bearer(key), "/api/v1/prompts/others%2F" + ada).status()).isEqualTo(404);
            assertThat(server.get(bearer(key), "/api/v1/me").json().path("limits")).hasSize(1);
        }

        @Test
        void makeNoOtherWaysIn() {
            Answer key = key("{\"name\":\"laptop\"}");
            String me = "/api/v1/accounts/" + ada;
            String as = bearer(key);
            String service = service();
            refused(server.post(as, keys(), "{\"name\":\"more\"}"), Rule.PERSON_MUST_ACT, ada, ada);
            refused(server.post(as, keys() + "/" + key.at("publicKey") + "/rotation", "{}"), Rule.PERSON_MUST_ACT, ada, ada);
            refused(server.send(as, "DELETE", keys() + "/" + key.at("publicKey"), null), Rule.PERSON_MUST_ACT, ada, ada);
            refused(server.put(as, me + "/password", "{\"password\":\"something new and long\"}"), Rule.PERSON_MUST_ACT, ada,
                    ada);
            refused(server.put(as, delegate(service), "{}"), Rule.PERSON_MUST_ACT, ada, ada);
            Answer admins = made(server.post("admin", "/api/v1/accounts/admin/keys", "{\"name\":\"script\"}"));
            refused(server.post(bearer(admins), "/api/v1/accounts/" + service + "/keys", "{\"name\":\"k\"}"),
                    Rule.PERSON_MUST_ACT, "admin", service);
            refused(server.post("admin", keys(), "{\"name\":\"for her\"}"), Rule.PERSON_MUST_ACT, "admin", ada);
            comesIn(ada);
        }

        @Test
        void stayOutOnceRevoked() {
            Answer key = key("{\"name\":\"laptop\"}");
            endsAnOpenStream(bearer(key), () -> assertThat(
                    server.send(ada, "DELETE", keys() + "/" + key.at("publicKey"), null).status()).isEqualTo(200));
            assertThat(server.get(bearer(key), "/api/v1/me").status()).isEqualTo(401);
            comesIn(ada);
            assertThat(server.send(ada, "DELETE", keys() + "/" + key.at("publicKey"), null).problem())
                    .isEqualTo("key-not-found");
        }

        @Test
        void stayOutOnceRotatedAndTheOverlapIsOver() {
            Answer key = key("{\"name\":\"laptop\"}");
            Answer next = made(server.post(ada, keys() + "/" + key.at("publicKey") + "/rotation", "{\"overlap\":\"PT1H\"}"));
            comesIn(bearer(key));
            comesIn(bearer(next));
            Answer last = made(server.post(ada, keys() + "/" + next.at("publicKey") + "/rotation", "{\"overlap\":\"PT0S\"}"));
            staysOut(bearer(next), "the key is revoked, or its time is over");
            comesIn(bearer(last));
        }

        @Test
        void stayOutOnceExpired() throws InterruptedException {
            Answer key = key("{\"name\":\"laptop\",\"expiresAt\":\"%s\"}".formatted(Instant.now().plusSeconds(2)));
            while (server.get(bearer(key), "/api/v1/me").status() == 200) {
                Thread.sleep(50);
            }
            staysOut(bearer(key), "the key is revoked, or its time is over");
        }

        @Test
        void areMadeOnceByARepeatedRequestThatTellsTheSecretOnce() {
            String body = "{\"name\":\"laptop\"}";
            Answer first = made(server.post(ada, keys(), body, "Idempotency-Key", "once"));
            Answer again = server.post(ada, keys(), body, "Idempotency-Key", "once");
            assertThat(again.status()).isEqualTo(201);
            assertThat(again.json().has("secretKey")).isFalse();
            assertThat(again.at("publicKey")).isEqualTo(first.at("publicKey"));
            assertThat(again.position()).isEqualTo(first.position());
            assertThat(server.after(first, ada, keys()).json().path("items")).hasSize(1);
        }

        @Test
        void areListedWithTheirLastUseAndWithoutSecrets() {
            Answer key = key("{\"name\":\"laptop\",\"expiresAt\":\"2999-01-01T00:00:00Z\"}");
            JsonNode unused = server.after(key, ada, keys()).json().path("items").get(0);
            assertThat(unused.propertyNames()).containsExactlyInAnyOrder("account", "publicKey", "name", "created", "createdBy",
                    "expiresAt");
            comesIn(bearer(key));
            server.bean(Keys.class).writeUses();
            assertThat(server.get("admin", keys()).json().path("items").get(0).path("lastUsedAt").asString()).isNotEmpty();
            String nora = "nora-" + ada;
            server.account(nora, "[]");
            assertThat(server.get(nora, keys()).problem()).isEqualTo("account-not-found");
        }
    }

    private static void refusedValue(Answer answer, String field) {
        assertThat(answer.problem()).as(answer.text()).isEqualTo("invalid-value");
        assertThat(answer.at("field")).isEqualTo(field);
    }

    @Nested
    class Delegates {
        @Test
        void actOnlyWhileThePersonLetsThem() {
            String bot = agent();
            staysOut(bot, ada + " does not let " + bot + " act for them; only " + ada + " can allow it");
            allow(bot);
            endsAnOpenStream(bot, () -> assertThat(server.send(ada, "DELETE", delegate(bot), null).status()).isEqualTo(200));
            staysOut(bot, "does not let");
        }

        @Test
        void mayNoMoreThanThePersonMay() {
            String ci = service();
            allow(ci);
            String[] forHer = {"On-Behalf-Of", ada};
            String approvals = "/api/v1/prompts/a%2F" + ada + "/versions/1/approvals";
            made(server.post(ci, "/api/v1/prompts",
                    "{\"name\":\"a/%s\",\"type\":\"text\",\"content\":\"c\",\"note\":\"n\"}".formatted(ada),
                    forHer));
            // The service is a reviewer and she is not; she edits everything and the service does not.
            assertThat(server.post(ci, approvals, "{}", forHer).at("rule")).isEqualTo("missing-grant");
            assertThat(server.post(ci, "/api/v1/prompts",
                    "{\"name\":\"b/%s\",\"type\":\"text\",\"content\":\"c\",\"note\":\"n\"}".formatted(ada),
                    forHer).at("rule")).isEqualTo("missing-grant");
            // What the service wrote for her it does not approve, but what she wrote herself.
            assertThat(server.post(ci, approvals, "{}").at("rule")).isEqualTo("author-may-not-approve");
            made(server.post(ada, "/api/v1/prompts/a%2F" + ada + "/versions",
                    "{\"basedOn\":1,\"type\":\"text\",\"content\":\"d\",\"note\":\"n\"}"));
            made(server.post(ci, approvals.replace("/1/", "/2/"), "{}"));
        }

        @Test
        void actForNobodyElse() {
            String ci = service();
            staysOut(ci, "does not let", "On-Behalf-Of", ada);
            staysOut(ci, "does not let", "On-Behalf-Of", "nobody");
            staysOut(ada, "does not let", "On-Behalf-Of", "admin");
            Answer twice = server.get(ci, "/api/v1/me", "On-Behalf-Of", ada, "On-Behalf-Of", ada);
            assertThat(twice.at("field")).as(twice.text()).isEqualTo("On-Behalf-Of");
            comesIn(ci);
        }

        @Test
        void areAllowedByThePersonAloneAndTakenBackByAnAdminToo() {
            String ci = service();
            refused(server.put("admin", delegate(ci), "{}"), Rule.MISSING_GRANT, "admin", ada);
            allow(ci);
            refused(server.put(ci, delegate(ci), "{}", "On-Behalf-Of", ada), Rule.PERSON_MUST_ACT, ci, ada);
            assertThat(server.send("admin", "DELETE", delegate(ci), null).status()).isEqualTo(200);
            staysOut(ci, "does not let", "On-Behalf-Of", ada);
        }

        @Test
        void endWhenSaid() throws InterruptedException {
            String ci = service();
            refusedValue(server.put(ada, delegate(ci), "{\"until\":\"2020-01-01T00:00:00Z\"}"), "until");
            assertThat(server.put(ada, delegate(ci), "{\"until\":\"%s\"}".formatted(Instant.now().plusSeconds(2))).status())
                    .isEqualTo(200);
            while (server.get(ci, "/api/v1/me", "On-Behalf-Of", ada).status() == 200) {
                Thread.sleep(50);
            }
            staysOut(ci, "does not let", "On-Behalf-Of", ada);
        }

        @Test
        void repeatNobodyElsesRequest() {
            String ci = service();
            allow(ci);
            String body = "{\"name\":\"a/%s-i\",\"type\":\"text\",\"content\":\"c\",\"note\":\"n\"}".formatted(ada);
            made(server.post(ci, "/api/v1/prompts", body, "On-Behalf-Of", ada, "Idempotency-Key", "mine"));
            assertThat(server.post(ci, "/api/v1/prompts", body, "Idempotency-Key", "mine").problem())
                    .isEqualTo("idempotency-key-reused");
        }
    }

    @Nested
    class Accounts {
        @Test
        void stopWhileLockedWithTheirKeysAndWhoeverActsForThem() {
            String bot = agent();
            String ci = service();
            allow(bot);
            allow(ci);
            String key = bearer(key("{\"name\":\"laptop\"}"));
            endsAnOpenStream(key, () -> admin("lock"));
            String locked = "the account " + ada + " is locked; an admin can unlock it";
            staysOut(ada, locked);
            staysOut(key, locked);
            staysOut(bot, locked);
            staysOut(ci, locked, "On-Behalf-Of", ada);
            assertThat(server.get(ada + ":not her password at all", "/api/v1/me").text()).doesNotContain("locked");
            comesIn(ci);
            admin("unlock");
            comesIn(ada);
            comesIn(key);
            comesIn(bot);
            comesIn(ci, "On-Behalf-Of", ada);
        }

        @Test
        void endForGoodWhenClosed() {
            String bot = agent();
            allow(bot);
            String key = bearer(key("{\"name\":\"laptop\"}"));
            endsAnOpenStream(bot, () -> admin("closure"));
            for (String as : List.of(ada, key)) {
                assertThat(server.get(as, "/api/v1/me").status()).isEqualTo(401);
            }
            staysOut(bot, "the account " + ada + " is closed");
            for (String id : List.of(ada, ada.toUpperCase(Locale.ROOT))) {
                refused(server.post("admin", "/api/v1/accounts",
                        "{\"id\":\"%s\",\"displayName\":\"X\",\"kind\":\"person\"}".formatted(id)), Rule.ACCOUNT_EXISTS, "admin",
                        id);
            }
            JsonNode shown = server.get("admin", "/api/v1/accounts/" + ada).json();
            assertThat(shown.path("closed").asBoolean()).isTrue();
            assertThat(shown.path("displayName").asString()).isEqualTo("Name of " + ada);
            assertThat(server.get("admin", keys()).json().path("items").get(0).path("revoked").asString()).isNotEmpty();
        }

        @Test
        void showWhatIsKnownOfThem() {
            Answer described = server.send("admin", "PATCH", "/api/v1/accounts/" + ada,
                    "{\"displayName\":\"Ada King\",\"contact\":\"ada@example.org\"}");
            Answer grouped = server.put("admin", "/api/v1/accounts/" + ada + "/groups", "{\"groups\":[\"board\"]}");
            assertThat(described.status()).isEqualTo(200);
            String bot = agent();
            allow(bot);
            JsonNode shown = server.get("admin", "/api/v1/accounts/" + ada, "Audit-Position", Long.toString(server.head()))
                    .json();
            assertThat(shown.path("displayName").asString()).isEqualTo("Ada King");
            assertThat(shown.path("contact").asString()).isEqualTo("ada@example.org");
            assertThat(shown.path("groups").get(0).asString()).isEqualTo("board");
            assertThat(shown.path("delegates").get(0).path("account").asString()).isEqualTo(bot);
            var history = new ArrayList<String>();
            shown.path("history").forEach(change -> history.add(change.path("what").asString()));
            assertThat(history).containsExactly("created", "described", "groups-changed", "delegate-allowed");
            assertThat(server.get(ada, "/api/v1/me").json().path("groups").get(0).asString()).isEqualTo("board");
            Answer written = server.post(ada, "/api/v1/prompts",
                    "{\"name\":\"%s/y\",\"type\":\"text\",\"content\":\"c\",\"note\":\"n\"}".formatted(ada));
            assertThat(server.after(written, "admin", "/api/v1/audit?actor=" + ada + "&limit=1").text()).contains("Ada King");
            assertThat(grouped.status()).isEqualTo(200);
        }
    }
}
