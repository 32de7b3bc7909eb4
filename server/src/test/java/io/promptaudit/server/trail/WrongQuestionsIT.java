package io.promptaudit.server.trail;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.server.trail.TestServer.Answer;

import static io.promptaudit.server.trail.ReadTrail.JSON;
import static io.promptaudit.server.trail.ReadTrail.LISTS;
import static io.promptaudit.server.trail.ReadTrail.P;
import static io.promptaudit.server.trail.ReadTrail.READS;
import static io.promptaudit.server.trail.ReadTrail.answer;
import static io.promptaudit.server.trail.ReadTrail.fault;
import static io.promptaudit.server.trail.ReadTrail.get;
import static io.promptaudit.server.trail.ReadTrail.server;
import static org.assertj.core.api.Assertions.assertThat;

/** Every read endpoint says what is wrong with a question, by name. */
@ExtendWith(ReadTrail.class)
class WrongQuestionsIT {
    @Test
    void namesWhatIsUnknown() {
        for (String read : List.of("", "/versions", "/versions/1", "/versions/1/comments", "/diff?from=1&to=2",
                "/active?environment=lab", "/deployments", "/history", "/events", "/replay")) {
            answer(get("/api/v1/prompts/no%2Fsuch" + read), 404, "prompt-not-found");
        }
        for (String read : List.of("/versions/99", "/versions/99/comments", "/diff?from=1&to=99", "/diff?from=99&to=1")) {
            answer(get(P + read), 404, "version-not-found");
        }
        answer(get(P + "/active?environment=nowhere"), 404, "environment-not-found");
        answer(get(P + "/active?environment=staging"), 404, "never-active");
        answer(get(P + "/active?environment=lab&at=2001-01-01T00:00:00Z"), 404, "never-active");
        answer(get("/api/v1/environments/nowhere/active"), 404, "environment-not-found");
        answer(get("/api/v1/environments/nowhere/policy"), 404, "environment-not-found");
        answer(get("/api/v1/environments/lab/policy?at=2001-01-01T00:00:00Z"), 404, "policy-not-found");
        answer(get("/api/v1/accounts/nobody"), 404, "account-not-found");
        answer(get(P + "/replay?sequence=999"), 404, "sequence-not-found");
        answer(get(P + "/replay?at=2001-01-01T00:00:00Z"), 404, "never-existed-then");
        answer(get("/api/v1/nothing"), 404, "not-found");
    }

    @Test
    void namesTheParameterAtFault() {
        for (String read : READS) {
            String and = read.contains("?") ? "&" : "?";
            fault(read + and + "nonsense=1", "nonsense");
            fault(read + and + "limit=1&limit=2", "limit");
        }
        for (String read : List.of("/api/v1/ledger", "/api/v1/ledger/verification", "/ledger/policy",
                "/ledger/proof/consistency")) {
            fault(read + "?nonsense=1", "nonsense");
        }
        long head = server.head();
        answer(server.post("admin", "/api/v1/accounts/admin/lock?nonsense=1", "{\"reason\":\"r\"}"), 400, "malformed-request");
        answer(server.post("admin", "/api/v1/ledger/verification?nonsense=1", ""), 400, "malformed-request");
        assertThat(server.head()).isEqualTo(head);
        for (String list : LISTS) {
            for (String limit : List.of("0", "201", "x", "-1", "1.5", "99999999999999999999", "")) {
                fault(list + "?limit=" + limit, "limit");
            }
            for (String cursor : List.of("x", "%21", "MS4y", "bm8", "")) {
                fault(list + "?cursor=" + cursor, "cursor");
            }
        }
        for (String limit : List.of("0", "201", "x")) {
            answer(server.get("admin", "/api/v1/events?limit=" + limit, "Accept", JSON), 400, "malformed-request");
        }
        for (String after : List.of("x", "-1", "1.0", "")) {
            answer(server.get("admin", "/api/v1/events?after=" + after, "Accept", JSON), 400, "malformed-request");
            answer(server.get("admin", "/api/v1/events?after=" + after, "Accept", "text/event-stream"), 400,
                    "malformed-request");
        }
        answer(server.get("admin", "/api/v1/events", "Last-Event-ID", "x"), 400, "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-01-31", "2026-01-31T12:00:00", "2026-02-30T00:00:00Z",
            "-2026-01-31T00:00:00Z", "99999-01-31T00:00:00Z", "1769860800", ""})
    void refusesWhatIsNoTime(String time) {
        fault(P + "/active?environment=lab&at=" + time, "at");
        fault("/api/v1/environments/lab/active?at=" + time, "at");
        fault("/api/v1/environments/lab/policy?at=" + time, "at");
        fault(P + "/replay?at=" + time, "at");
        fault("/api/v1/audit?from=" + time, "from");
        fault("/api/v1/audit?to=" + time, "to");
    }

    @Test
    void refusesWhatIsNoneOfAFewWords() {
        for (String one : List.of("prompts?state=", "audit?action=", "audit?outcome=", "approvals?state=",
                "emergencies?state=")) {
            for (String word : List.of("x", "DONE", "draft", "")) {
                fault("/api/v1/" + one + word, one.replaceAll(".*\\?|=", ""));
            }
        }
        fault(P + "/diff", "from");
        fault(P + "/diff?from=1", "to");
        fault(P + "/diff?from=0&to=1", "from");
        fault(P + "/diff?from=x&to=1", "from");
        fault(P + "/active", "environment");
        fault(P + "/versions/x", "version");
        fault(P + "/replay?sequence=x", "sequence");
        fault(P + "/replay?sequence=1&at=2026-01-31T00:00:00Z", "at");
    }

    @Test
    void asksWhoOneIs() {
        for (String read : READS) {
            Answer answer = server.get("", read);
            answer(answer, 401, "not-signed-in");
            assertThat(answer.headers().get("www-authenticate")).startsWith("Basic");
        }
        // Once: whoever guesses again and again is slowed.
        answer(server.send("nobody", "GET", "/api/v1/me", null), 401, "not-signed-in");
        answer(server.get("", "/api/v1/events"), 401, "not-signed-in");
    }

    @Test
    void speaksJsonOnly() {
        for (String read : READS) {
            answer(server.get("admin", read, "Accept", "text/html"), 406, "not-acceptable");
            assertThat(server.get("admin", read, "Accept", "text/html, */*;q=0.1").status()).as(read).isEqualTo(200);
        }
        answer(server.get("admin", "/api/v1/events", "Accept", "text/html"), 406, "not-acceptable");
    }

    @Test
    void takesNoOtherMethod() {
        for (String read : READS) {
            Answer answer = server.send("admin", "DELETE", read.replaceAll("\\?.*", ""), null);
            answer(answer, 405, "method-not-allowed");
            assertThat(answer.headers().get("allow")).as(read).contains("GET");
        }
    }
}
