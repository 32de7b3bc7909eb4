package io.promptaudit.server.trail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** A server with something to read, shared by every test that only asks, and all that such tests ask of. */
final class ReadTrail implements BeforeAllCallback {
    static final String P = "/api/v1/prompts/clinical%2Fintake";
    static final String JSON = "application/json";
    static final List<String> LISTS = List.of("/api/v1/prompts", P + "/versions", P + "/versions/2/comments",
            P + "/deployments", P + "/history", P + "/events", "/api/v1/environments/lab/active", "/api/v1/audit",
            "/api/v1/approvals", "/api/v1/emergencies", "/api/v1/accounts", "/api/v1/environments");
    static final List<String> SINGLES = List.of(P, P + "/versions/2", P + "/diff?from=1&to=2",
            P + "/active?environment=lab", P + "/replay", "/api/v1/me", "/api/v1/accounts/rita",
            "/api/v1/environments/lab/policy", "/api/v1/projections");
    static final List<String> READS = Stream.concat(LISTS.stream(), SINGLES.stream()).toList();

    @SuppressWarnings("NullAway.Init")
    static TestServer server;

    /** Started by the first class that asks, stopped after the last. */
    private record Running(TestServer server, Path folder) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            server.close();
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = context.getRoot().getStore(ExtensionContext.Namespace.create(ReadTrail.class))
                .computeIfAbsent("running", key -> start(), Running.class).server();
    }

    private static Running start() {
        Path folder = folder();
        server = new TestServer(folder);
        EveryWrite.accounts(server);
        EveryWrite.sendAll(server);
        // Something stands everywhere: a second prompt, approvals, an active version and its evidence.
        done("wanda", "/api/v1/prompts", """
                {"name":"clinical/chat","type":"chat","content":[{"role":"system","content":"Be brief."},
                 {"type":"placeholder","name":"history"}],"config":{"model":"m","n":1.5},"note":"n","title":"Chat",
                 "description":"d","owner":"wanda","tags":["b","a"]}""");
        done("wanda", P + "/versions/1/approval-requests", "{\"note\":\"please\",\"reviewers\":[\"rita\"]}");
        done("rita", P + "/versions/1/approvals", "{\"comment\":\"c\",\"meaning\":\"review\"}");
        done("rita", P + "/versions/2/rejections", "{\"reason\":\"r\"}");
        done("wanda", P + "/versions/2/comments", "{\"text\":\"again\"}");
        done("wanda", P + "/versions/1/checks", """
                {"name":"eval","outcome":"passed","url":"https://example.org/1","digest":"sha256:%s"}"""
                .formatted("a".repeat(64)));
        server.put("admin", "/api/v1/environments/lab/policy", """
                {"requiredApprovals":1,"authorMayApprove":false,"approverMayDeploy":true,"requiredChecks":["eval"],
                 "emergencyAllowed":true,"frozen":null,"reason":"stricter"}""");
        done("wanda", P + "/deployments", "{\"version\":1,\"environment\":\"lab\",\"reason\":\"go\",\"ticket\":\"T-1\"}");
        delegated();
        done("wanda", "/api/v1/prompts/clinical%2Fchat/versions/1/checks", "{\"name\":\"eval\",\"outcome\":\"passed\"}");
        server.after(done("wanda", "/api/v1/prompts/clinical%2Fchat/deployments", """
                {"version":1,"environment":"lab","reason":"go","ticket":"T-2","emergency":true}"""), "admin",
                "/api/v1/projections");
        return new Running(server, folder);
    }

    /** What a service does for an editor, and another for a reviewer: one for both would be one pair of eyes. */
    private static void delegated() {
        String[] editor = {"On-Behalf-Of", "paula"};
        String[] reviewer = {"On-Behalf-Of", "rita"};
        String p = "/api/v1/prompts/clinical%2Fdelegated";
        server.account("paula", EveryWrite.GRANTS);
        for (String service : List.of("robot", "relay")) {
            done("admin", "/api/v1/accounts", """
                    {"id":"%s","displayName":"Robot","kind":"service","password":"%s","grants":%s}"""
                    .formatted(service, TestServer.PASSWORD,
                            EveryWrite.GRANTS.replace("]}]", "]},{\"role\":\"reviewer\",\"prompts\":\"**\"}]")));
        }
        server.put("paula", "/api/v1/accounts/paula/delegates/robot", "{}");
        server.put("rita", "/api/v1/accounts/rita/delegates/relay", "{}");
        done("robot", "/api/v1/prompts", """
                {"name":"clinical/delegated","type":"text","content":"one","note":"n"}""", editor);
        done("robot", p + "/versions", "{\"basedOn\":1,\"content\":\"two\",\"note\":\"n\"}", editor);
        done("robot", p + "/versions/1/checks", "{\"name\":\"eval\",\"outcome\":\"passed\"}", editor);
        done("robot", p + "/versions/1/comments", "{\"text\":\"t\"}", editor);
        done("relay", p + "/versions/1/approvals", "{}", reviewer);
        done("relay", p + "/versions/2/rejections", "{\"reason\":\"r\"}", reviewer);
        done("robot", p + "/deployments", "{\"version\":1,\"environment\":\"lab\",\"reason\":\"go\"}", editor);
        done("robot", p + "/withdrawals", "{\"environment\":\"lab\",\"reason\":\"go\"}", editor);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("trail");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(String path) {
        Answer answer = get(path);
        assertThat(answer.status()).as(path + answer.text()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.text());
    }

    static Answer get(String path) {
        return server.get("admin", path);
    }

    static void fault(String path, String field) {
        Answer answer = get(path);
        assertThat(answer.problem()).as(path + answer.text()).isEqualTo("malformed-request");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("field")).as(path).isEqualTo(field);
    }

    static void answer(Answer answer, int status, String problem) {
        assertThat(answer.problem()).as(answer.text()).isEqualTo(problem);
        assertThat(answer.status()).isEqualTo(status);
    }

    static Answer done(String account, String path, String body, String... headers) {
        Answer answer = server.post(account, path, body, headers);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }
}
