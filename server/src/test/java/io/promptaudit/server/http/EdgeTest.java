package io.promptaudit.server.http;

import java.util.Objects;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.Rule;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;
import io.promptaudit.api.command.PromptCommand.CreatePrompt;
import io.promptaudit.command.trail.IdempotencyConflict;
import io.promptaudit.command.trail.OutcomeUnknown;
import io.promptaudit.command.trail.Refused;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.command.trail.TrailUnavailable;
import io.promptaudit.server.http.EdgeServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** What the edge adds to every request and answer, and how it tells failures. */
class EdgeTest {
    private static final byte[] NOTHING = {};
    private static final String COMMENTS = "/api/v1/prompts/a/versions/1/comments";

    private final EdgeServer edge = EdgeServer.shared();

    @Nested
    class Failing {
        @Test
        void namesTheRuleThatRefusedAndWhereTheTrailSaysSo() {
            Answer answer = failing(new Refused(Rule.REQUIRED_APPROVALS, "One approval is missing.", 4L, "e-9", 12));
            ProblemsAssert.assertProblem(answer, 409, "required-approvals");
            assertThat(answer.json().path("rule").stringValue()).isEqualTo("required-approvals");
            assertThat(answer.json().path("eventId").stringValue()).isEqualTo("e-9");
            assertThat(answer.json().path("position").longValue()).isEqualTo(12);
            assertThat(answer.json().path("policyRevision").longValue()).isEqualTo(4);
            assertThat(answer.json().path("title").stringValue()).isEqualTo("Required approvals");
        }

        @Test
        void tellsAMissingPermission() {
            Answer answer = failing(new Refused(Rule.MISSING_GRANT, "You are no editor here.", null, "e-9", 12));
            ProblemsAssert.assertProblem(answer, 403, "missing-grant");
            assertThat(answer.json().has("policyRevision")).isFalse();
        }

        @Test
        void tellsWhatDoesNotExist() {
            ProblemsAssert.assertProblem(failing(new UnknownThing("prompt-not-found", "There is no such prompt.")), 404,
                    "prompt-not-found");
        }

        @Test
        void tellsThatAKeyStandsForAnotherRequest() {
            ProblemsAssert.assertProblem(failing(new IdempotencyConflict("The key was used already.", null)), 422,
                    "idempotency-key-reused");
        }

        @Test
        void saysWhenToTryAgain() {
            Answer answer = failing(new TrailUnavailable("The event store does not answer.", null));
            ProblemsAssert.assertProblem(answer, 503, "trail-unavailable");
            assertThat(answer.headers()).containsEntry("retry-after", "5");
        }

        @Test
        void doesNotPretendToKnow() {
            ProblemsAssert.assertProblem(failing(new OutcomeUnknown("The disk does not answer.", null)), 500,
                    "outcome-unknown");
        }

        @Test
        void asksOtherPartsOfTheServerFirst() {
            Answer answer = failing(new MemoryRecorder.Behind());
            ProblemsAssert.assertProblem(answer, 503, "view-behind");
            assertThat(answer.headers()).containsEntry("retry-after", "1");
        }

        @Test
        void keepsInternalErrorsToItself() {
            Answer answer = failing(new IllegalStateException("the secret prompt text"));
            ProblemsAssert.assertProblem(answer, 500, "internal-error");
            assertThat(answer.body()).doesNotContain("secret");
        }

        @Test
        void tellsAnIllFormedQuery() {
            Answer answer = failing(new InvalidParameterException("Character decoding failed"));
            ProblemsAssert.assertProblem(answer, 400, "malformed-request");
            assertThat(answer.json().path("field").stringValue()).isEqualTo("query");
        }

        private Answer failing(RuntimeException failure) {
            edge.recorder.failOnce(failure);
            return edge.json("POST", COMMENTS, "{\"text\": \"hm\"}");
        }
    }

    @Nested
    class Addressing {
        @Test
        void unknownPathsAreNotFound() {
            ProblemsAssert.assertProblem(edge.send("GET", "/api/v1/nothing", NOTHING), 404, "not-found");
            ProblemsAssert.assertProblem(edge.json("POST", "/api/v1/nothing", "{}"), 404, "not-found");
            ProblemsAssert.assertProblem(edge.send("POST", "/api/v1/nothing", NOTHING), 404, "not-found");
            ProblemsAssert.assertProblem(edge.send("GET", "/", NOTHING), 404, "not-found");
            ProblemsAssert.assertProblem(edge.send("GET", "/error", NOTHING), 404, "not-found");
            ProblemsAssert.assertProblem(edge.send("POST", "/api/v1//prompts", NOTHING), 400,
                    "malformed-request");
        }

        @Test
        void otherMethodsAreNamed() {
            Answer answer = edge.send("DELETE", COMMENTS, NOTHING);
            ProblemsAssert.assertProblem(answer, 405, "method-not-allowed");
            assertThat(answer.headers()).containsEntry("allow", "POST");
        }

        @Test
        void strangersLearnNothingOfPaths() {
            ProblemsAssert.assertProblem(edge.sendAsStranger("GET", "/api/v1/nothing", NOTHING), 401, "not-signed-in");
            ProblemsAssert.assertProblem(edge.sendAsStranger("GET", "/error", NOTHING), 401, "not-signed-in");
        }

        @Test
        void onlyHealthIsOpen() {
            Answer health = edge.sendAsStranger("GET", "/actuator/health", NOTHING);
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().path("status").stringValue()).isEqualTo("UP");
            assertThat(health.headers()).containsEntry("x-content-type-options", "nosniff").doesNotContainKey("server");
            ProblemsAssert.assertProblem(edge.sendAsStranger("GET", "/actuator", NOTHING), 401, "not-signed-in");
            ProblemsAssert.assertProblem(edge.send("GET", "/actuator/env", NOTHING), 403, "forbidden");
        }
    }

    @Nested
    class Reading {
        @Test
        void keepsTextsExactly() {
            String content = "Zeile 1\r\n\tZeile 2 \uD83E\uDE7A {{name}} \u202eabc\u202c e\u0301 \u0001";
            String json = "{\"name\":\"a\",\"type\":\"text\",\"note\":\"n\",\"content\":" + quoted(content) + "}";
            assertThat(edge.json("POST", "/api/v1/prompts", json).status()).isEqualTo(201);
            var command = (CreatePrompt) edge.recorder.last().command();
            assertThat(command.content().json()).isEqualTo(content);
            assertThat(command.config()).isEmpty();
        }

        @Test
        void takesTheLargestContent() {
            String body = "{\"name\":\"a\",\"type\":\"text\",\"note\":\"n\",\"content\":\"%s\"}";
            assertThat(edge.json("POST", "/api/v1/prompts", body.formatted("x".repeat(1 << 20))).status()).isEqualTo(201);
            // Escaped, the same content takes six times the room.
            assertThat(edge.json("POST", "/api/v1/prompts", body.formatted("\\u0078".repeat(1 << 20))).status()).isEqualTo(201);
            Answer answer = edge.json("POST", "/api/v1/prompts", body.formatted("x".repeat((1 << 20) + 1)));
            ProblemsAssert.assertProblem(answer, 422, "invalid-value");
            assertThat(answer.json().path("field").stringValue()).isEqualTo("content");
        }

        @Test
        void roundsNoNumber() {
            String body = "{\"name\":\"a\",\"type\":\"text\",\"note\":\"n\",\"content\":\"x\",\"config\":{\"n\":%s}}";
            for (String kept : new String[]{"0.1", "1.10", "9007199254740991", "-0.0", "1e21", "5e-324"}) {
                assertThat(edge.json("POST", "/api/v1/prompts", body.formatted(kept)).status()).as(kept).isEqualTo(201);
            }
            for (String lost : new String[]{"1e400", "12345678901234567890", "9007199254740993", "1e-400",
                    "0.1000000000000000055", "1e999999999"}) {
                Answer answer = edge.json("POST", "/api/v1/prompts", body.formatted(lost));
                ProblemsAssert.assertProblem(answer, 422, "invalid-value");
                assertThat(answer.json().path("field").stringValue()).isEqualTo("config.n");
            }
        }

        @Test
        void takesAPolicyThatIsNotFrozen() {
            String body = """
                    {"requiredApprovals": 0, "authorMayApprove": true, "approverMayDeploy": true, "requiredChecks": [],
                     "emergencyAllowed": true, "frozen": null, "reason": "as before"}""";
            assertThat(edge.json("PUT", "/api/v1/environments/staging/policy", body).status()).isEqualTo(200);
            assertThat(((ChangePolicy) edge.recorder.last().command()).policy().frozen()).isNull();
            ProblemsAssert.assertProblem(edge.json("PUT", "/api/v1/environments/staging/policy",
                    body.replace("[]", "[null]")), 400, "malformed-request");
        }
    }

    @Nested
    class Context {
        @Test
        void comesFromTheRequest() {
            Answer answer = edge.json("POST", COMMENTS, "{\"text\": \"hm\"}", "User-Agent", "x".repeat(600), "traceparent",
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            RequestContext context = edge.recorder.last().context();
            assertThat(context.requestId()).isEqualTo(answer.headers().get("request-id"));
            assertThat(context.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            assertThat(context.address()).isEqualTo("127.0.0.1");
            assertThat(context.userAgent()).isEqualTo("x".repeat(512));
            assertThat(context.idempotency()).isNull();
        }

        @Test
        void takesNoTraceThatIsNone() {
            for (String header : new String[]{"x", "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                    "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}) {
                edge.json("POST", COMMENTS, "{\"text\": \"hm\"}", "traceparent", header);
                RequestContext context = edge.recorder.last().context();
                assertThat(context.traceId()).isEqualTo(context.requestId());
            }
        }

        @Test
        void digestsWhatAKeyStandsFor() {
            var first = idempotency("k-1", COMMENTS, "{\"text\": \"hm\"}");
            assertThat(first.key()).isEqualTo("k-1");
            assertThat(first.requestDigest()).matches("[0-9a-f]{64}");
            assertThat(idempotency("k-1", COMMENTS, "{\"text\": \"hm\"}")).isEqualTo(first);
            assertThat(idempotency("k-1", COMMENTS, "{\"text\":  \"hm\"}")).isNotEqualTo(first);
            assertThat(idempotency("k-1", COMMENTS.replace("/1/", "/2/"), "{\"text\": \"hm\"}")).isNotEqualTo(first);
        }

        @Test
        void refusesOddKeys() {
            for (String key : new String[]{"", "a b", "x".repeat(256)}) {
                Answer answer = edge.json("POST", COMMENTS, "{\"text\": \"hm\"}", "Idempotency-Key", key);
                ProblemsAssert.assertProblem(answer, 400, "malformed-request");
                assertThat(answer.json().path("field").stringValue()).isEqualTo("Idempotency-Key");
            }
            ProblemsAssert.assertProblem(edge.json("POST", COMMENTS, "{\"text\": \"hm\"}", "Idempotency-Key", "a",
                    "Idempotency-Key", "b"), 400, "malformed-request");
        }

        private RequestContext.Idempotency idempotency(String key, String path, String body) {
            assertThat(edge.json("POST", path, body, "Idempotency-Key", key).status()).isEqualTo(201);
            var idempotency = edge.recorder.last().context().idempotency();
            assertThat(idempotency).isNotNull();
            return Objects.requireNonNull(idempotency);
        }
    }

    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }
}
