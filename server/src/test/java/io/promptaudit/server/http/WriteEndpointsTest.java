package io.promptaudit.server.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.promptaudit.server.http.EdgeServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** Every write endpoint, with a good body and with each way a body or a caller can be bad. */
class WriteEndpointsTest {
    private static final byte[] NOTHING = {};
    private static final String VERSION = "/api/v1/prompts/clinical%2Fintake/versions/3/";
    private static final String PROMPT = "/api/v1/prompts/clinical%2Fintake";
    private static final List<Endpoint> ENDPOINTS = List.of(
            new Endpoint("POST", "/api/v1/prompts", "CreatePrompt", 201, """
                    {"name": "clinical/intake", "type": "text", "content": "Ask.", "config": {"temperature": 0.1},
                     "note": "first", "title": "Intake", "description": "d", "owner": "o", "tags": ["a", "b"]}""", "name",
                    "type", "content", "note"),
            new Endpoint("PATCH", PROMPT, "DescribePrompt", 200, """
                    {"title": "Intake", "description": "", "owner": "o", "tags": []}"""),
            new Endpoint("POST", PROMPT + "/archival", "ArchivePrompt", 201, "{\"reason\": \"old\"}", "reason"),
            new Endpoint("POST", PROMPT + "/restoration", "RestorePrompt", 201, "{\"reason\": \"new\"}", "reason"),
            new Endpoint("POST", PROMPT + "/versions", "EditPrompt", 201, """
                    {"basedOn": 1, "type": "chat", "content": [{"role": "user", "content": "Hi"},
                     {"type": "placeholder", "name": "history"}], "config": {}, "note": "second"}""", "basedOn", "content",
                    "note"),
            new Endpoint("POST", VERSION + "checks", "RecordCheck", 201, """
                    {"name": "eval", "outcome": "passed", "url": "https://ci.example.org/1",
                     "digest": "sha256:%s"}""".formatted("0".repeat(64)), "name", "outcome"),
            new Endpoint("POST", VERSION + "comments", "CommentOnPrompt", 201, "{\"text\": \"hm\"}", "text"),
            new Endpoint("POST", VERSION + "approval-requests", "RequestApproval", 201, """
                    {"note": "please", "reviewers": ["bob"]}"""),
            new Endpoint("POST", VERSION + "approvals", "ApprovePrompt", 201, """
                    {"comment": "good", "meaning": "approval"}"""),
            new Endpoint("POST", VERSION + "rejections", "RejectPrompt", 201, "{\"reason\": \"bad\"}", "reason"),
            new Endpoint("POST", VERSION + "revocations", "RevokeApproval", 201, "{\"reason\": \"bad\"}", "reason"),
            new Endpoint("POST", VERSION + "rejection-withdrawals", "WithdrawRejection", 201, "{\"reason\": \"good\"}",
                    "reason"),
            new Endpoint("POST", PROMPT + "/deployments", "DeployPrompt", 201, """
                    {"version": 3, "environment": "production", "reason": "go", "ticket": "T-1", "emergency": false}""",
                    "version", "environment", "reason"),
            new Endpoint("POST", PROMPT + "/rollbacks", "RollBackPrompt", 201, """
                    {"environment": "production", "toVersion": 2, "reason": "bad"}""", "environment", "reason"),
            new Endpoint("POST", PROMPT + "/withdrawals", "WithdrawPrompt", 201, """
                    {"environment": "production", "reason": "bad"}""", "environment", "reason"),
            new Endpoint("POST", PROMPT + "/emergency-reviews", "ReviewEmergency", 201, """
                    {"deployment": "e-1", "verdict": "good", "comment": "was right"}""", "deployment", "verdict", "comment"),
            new Endpoint("PUT", "/api/v1/environments/production/policy", "ChangePolicy", 200, """
                    {"requiredApprovals": 1, "authorMayApprove": false, "approverMayDeploy": true, "requiredChecks": ["eval"],
                     "emergencyAllowed": true, "frozen": {"reason": "audit"}, "reason": "rule"}""", "requiredApprovals",
                    "authorMayApprove", "approverMayDeploy", "requiredChecks", "emergencyAllowed", "frozen", "reason"),
            new Endpoint("POST", "/api/v1/accounts", "CreateAccount", 201, """
                    {"id": "bot", "displayName": "Bot", "kind": "agent", "actsFor": "rhea",
                     "password": "a long enough password", "grants": [{"role": "deployer", "prompts": "clinical/**",
                     "environments": ["production"]}]}""", "id", "displayName", "kind", "actsFor"),
            new Endpoint("PUT", "/api/v1/accounts/bob/grants", "ChangeGrants", 200, """
                    {"grants": [{"role": "auditor"}]}""", "grants"),
            new Endpoint("PUT", "/api/v1/accounts/bob/password", "SetPassword", 200, """
                    {"password": "a long enough password"}""", "password"),
            new Endpoint("PUT", "/api/v1/accounts/bob/identity", "LinkIdentity", 200, """
                    {"issuer": "https://login.example.org", "subject": "s-1"}""", "issuer", "subject"),
            new Endpoint("PATCH", "/api/v1/accounts/bob", "DescribeAccount", 200, """
                    {"displayName": "Bob", "contact": "bob@example.org"}"""),
            new Endpoint("PUT", "/api/v1/accounts/bob/groups", "ChangeGroups", 200, "{\"groups\": [\"nurses\"]}", "groups"),
            new Endpoint("PUT", "/api/v1/accounts/rhea/delegates/bot", "AllowDelegate", 200, """
                    {"until": "2999-01-01T00:00:00Z"}"""),
            new Endpoint("POST", "/api/v1/accounts/bob/keys", "CreateKey", 201, """
                    {"name": "laptop", "expiresAt": "2999-01-01T00:00:00Z", "grants": [{"role": "auditor"}]}""", "name"),
            new Endpoint("POST", "/api/v1/accounts/bob/keys/pk-1/rotation", "RotateKey", 201, "{\"overlap\": \"PT1H\"}"),
            new Endpoint("POST", "/api/v1/accounts/bob/lock", "LockAccount", 201, "{\"reason\": \"lost\"}", "reason"),
            new Endpoint("POST", "/api/v1/accounts/bob/unlock", "UnlockAccount", 201, "{\"reason\": \"found\"}", "reason"),
            new Endpoint("POST", "/api/v1/accounts/bob/closure", "CloseAccount", 201, "{\"reason\": \"left\"}", "reason"),
            new Endpoint("POST", "/api/v1/accounts/bob/erasure", "EraseAccount", 201, "{\"reason\": \"asked\"}", "reason"),
            new Endpoint("POST", "/api/v1/changes/e-1/confirmation", "ConfirmChange", 201, "{\"comment\": \"read\"}"),
            new Endpoint("POST", "/api/v1/changes/e-1/refusal", "DeclineChange", 201, "{\"reason\": \"no\"}", "reason"));

    private final EdgeServer edge = EdgeServer.shared();

    @TestFactory
    Stream<DynamicContainer> everyWriteEndpoint() {
        return ENDPOINTS.stream().map(endpoint -> DynamicContainer.dynamicContainer(endpoint.toString(), tests(endpoint)));
    }

    private List<DynamicTest> tests(Endpoint endpoint) {
        var tests = new ArrayList<DynamicTest>();
        tests.add(DynamicTest.dynamicTest("records a good body", () -> records(endpoint)));
        bodies(endpoint, tests);
        fields(endpoint, tests);
        callers(endpoint, tests);
        return tests;
    }

    private void records(Endpoint endpoint) {
        int before = edge.recorder.count();
        Answer answer = edge.json(endpoint.method, endpoint.path, endpoint.body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(endpoint.status);
        assertThat(answer.headers()).containsEntry("content-type", "application/json").containsKey("request-id");
        assertThat(answer.json().path("recordedAt").stringValue()).isEqualTo("2026-01-31T09:30:00.000Z");
        assertThat(answer.json().path("position").intValue()).isEqualTo(7);
        assertThat(answer.body()).doesNotContain("null");
        assertThat(edge.recorder.count()).isEqualTo(before + 1);
        var received = edge.recorder.last();
        assertThat(received.command().getClass().getSimpleName()).isEqualTo(endpoint.command);
        assertThat(received.caller().account()).isEqualTo(EdgeServer.ACCOUNT);
        assertThat(received.context().requestId()).isEqualTo(answer.headers().get("request-id"));
    }

    private void bodies(Endpoint endpoint, List<DynamicTest> tests) {
        String good = endpoint.body;
        String first = endpoint.json().propertyNames().iterator().next();
        add(tests, "no body", () -> refused(endpoint, "", 400, "body"));
        add(tests, "a blank body", () -> refused(endpoint, " \n ", 400, "body"));
        add(tests, "a null body", () -> refused(endpoint, "null", 400, "body"));
        add(tests, "an array", () -> refused(endpoint, "[]", 400, "body"));
        add(tests, "half a body", () -> refused(endpoint, good.substring(0, good.length() - 1), 400, "body"));
        add(tests, "something after the body", () -> refused(endpoint, good + " {}", 400, "body"));
        add(tests, "an unknown field", () -> refused(endpoint, with(good, "\"surprise\": 1"), 400, "surprise"));
        add(tests, "a repeated field",
                () -> refused(endpoint, with(good, "\"%s\": %s".formatted(first, endpoint.json().get(first))), 400, first));
        add(tests, "a lone surrogate", () -> refused(endpoint, with(good, "\"x\": \"\\ud83d\""), 400, "x"));
        add(tests, "a lone surrogate in a key", () -> refused(endpoint, with(good, "\"\\udc00\": 1"), 400, "?"));
        add(tests, "NaN", () -> refused(endpoint, with(good, "\"x\": NaN"), 400, "body"));
        add(tests, "endless nesting", () -> assertThat(
                edge.json(endpoint.method, endpoint.path, with(good, "\"x\": " + "[".repeat(100_000))).status()).isEqualTo(400));
        add(tests, "broken UTF-8", () -> {
            byte[] body = good.getBytes(StandardCharsets.UTF_8);
            body[good.indexOf('"') + 1] = (byte) 0xff;
            problem(edge.send(endpoint.method, endpoint.path, body, "Content-Type", "application/json"), 400,
                    "malformed-request", "body");
        });
        add(tests, "UTF-16", () -> problem(edge.send(endpoint.method, endpoint.path, good.getBytes(StandardCharsets.UTF_16LE),
                "Content-Type", "application/json"), 400, "malformed-request", "body"));
        add(tests, "too large a body", () -> problem(
                edge.json(endpoint.method, endpoint.path, good + " ".repeat(BodyFilter.LARGEST_BODY)), 413,
                "content-too-large", ""));
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
                "application/json; charset=iso-8859-1", "application/x-ndjson", "nonsense", "application/octet-stream")) {
            add(tests, type, () -> problem(edge.send(endpoint.method, endpoint.path, good.getBytes(StandardCharsets.UTF_8),
                    "Content-Type", type), 415, "unsupported-media-type", ""));
        }
        add(tests, "an Accept that cannot be satisfied",
                () -> problem(edge.json(endpoint.method, endpoint.path, good, "Accept", "text/html"), 406, "not-acceptable", ""));
    }

    private void fields(Endpoint endpoint, List<DynamicTest> tests) {
        for (String field : endpoint.required) {
            add(tests, "a body without " + field, () -> {
                ObjectNode body = endpoint.json();
                body.remove(field);
                refused(endpoint, body.toString(), 400, field);
            });
        }
        for (String field : endpoint.json().propertyNames()) {
            for (String wrong : wrongFor(field, endpoint.json().get(field))) {
                String body = endpoint.json().putRawValue(field, new tools.jackson.databind.util.RawValue(wrong)).toString();
                add(tests, field + " " + wrong, () -> refused(endpoint, body, 400, field));
            }
        }
    }

    private void callers(Endpoint endpoint, List<DynamicTest> tests) {
        add(tests, "a stranger", () -> stranger(endpoint));
        add(tests, "a wrong password",
                () -> stranger(endpoint, "Authorization", EdgeServer.basic(EdgeServer.ACCOUNT, "wrong pony stapler 7")));
        add(tests, "an unknown account",
                () -> stranger(endpoint, "Authorization", EdgeServer.basic("nobody", EdgeServer.PASSWORD)));
    }

    private void stranger(Endpoint endpoint, String... headers) {
        // Whoever guesses again and again is slowed; here each endpoint is asked.
        EdgeServer.pass();
        var all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        Answer answer = edge.sendAsStranger(endpoint.method, endpoint.path, endpoint.body.getBytes(StandardCharsets.UTF_8),
                all.toArray(String[]::new));
        problem(answer, 401, "not-signed-in", "");
        assertThat(answer.headers()).containsEntry("www-authenticate",
                "Basic realm=\"prompt-audit-trail\", charset=\"UTF-8\", Bearer realm=\"prompt-audit-trail\"");
    }

    private void refused(Endpoint endpoint, String body, int status, String field) {
        Answer answer = body.isEmpty()
                ? edge.send(endpoint.method, endpoint.path, NOTHING)
                : edge.json(endpoint.method, endpoint.path, body);
        problem(answer, status, "malformed-request", field);
        assertThat(answer.json().path("rule").stringValue()).isNotBlank();
    }

    /** Nothing may have been recorded, whatever was refused. */
    private void add(List<DynamicTest> tests, String what, Executable check) {
        tests.add(DynamicTest.dynamicTest("refuses " + what, () -> {
            int before = edge.recorder.count();
            check.execute();
            assertThat(edge.recorder.count()).isEqualTo(before);
        }));
    }

    private static List<String> wrongFor(String field, JsonNode good) {
        if (field.equals("content")) {
            return List.of("5", "true", "{}");
        }
        return switch (good.getNodeType()) {
            case STRING -> List.of("5", "true", "7.9", "[]", "{}", "[\"a\"]");
            case NUMBER -> List.of("\"5\"", "7.9", "true", "99999999999", "1e2", "[]", "\"\"");
            case BOOLEAN -> List.of("\"true\"", "1", "0", "[]", "\"\"");
            case ARRAY -> List.of("\"a\"", "5", "{}", "\"\"");
            case OBJECT -> List.of("\"a\"", "5", "[]", "\"\"");
            default -> List.of();
        };
    }

    private static void problem(Answer answer, int status, String type, String field) {
        ProblemsAssert.assertProblem(answer, status, type);
        assertThat(answer.json().path("field").asString("")).as(answer.body()).isEqualTo(field);
    }

    private static String with(String body, String member) {
        return body.substring(0, body.lastIndexOf('}')) + ", " + member + "}";
    }

    private record Endpoint(String method, String path, String command, int status, String body, List<String> required) {
        Endpoint(String method, String path, String command, int status, String body, String... required) {
            this(method, path, command, status, body, List.of(required));
        }

        ObjectNode json() {
            return (ObjectNode) EdgeServer.parse(body);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
