package io.promptaudit.server.http;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import io.promptaudit.command.trail.TrailUnavailable;
import io.promptaudit.server.http.EdgeServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** Signing in with HTTP Basic, against accounts that change. */
class SignInTest {
    private static final byte[] NOTHING = {};
    private static final String COMMENTS = "/api/v1/prompts/a/versions/1/comments";

    private final EdgeServer edge = EdgeServer.shared();

    @Test
    void endsWithTheAccount() {
        edge.signIns.put("temp", edge.encoder.encode("a first long password"));
        assertThat(asTemp("a first long password").status()).isEqualTo(201);
        assertThat(asTemp("a first long password").status()).isEqualTo(201);
        edge.signIns.put("temp", edge.encoder.encode("a second long password"));
        ProblemsAssert.assertProblem(asTemp("a first long password"), 401, "not-signed-in");
        assertThat(asTemp("a second long password").status()).isEqualTo(201);
        edge.signIns.remove("temp");
        ProblemsAssert.assertProblem(asTemp("a second long password"), 401, "not-signed-in");
    }

    @Test
    void readsPasswordsAsUtf8() {
        edge.signIns.put("utf8", edge.encoder.encode("пароль:с двоеточием 🩺"));
        assertThat(edge.sendAsStranger("POST", COMMENTS, "{\"text\": \"hm\"}".getBytes(StandardCharsets.UTF_8),
                "Content-Type", "application/json", "Authorization",
                EdgeServer.basic("utf8", "пароль:с двоеточием 🩺")).status()).isEqualTo(201);
    }

    @Test
    void saysWhichWaysInThereAre() {
        for (String header : new String[]{"Basic", "Basic !!!", "Basic cmhlYQ==", "Basic " + "A".repeat(6000), "Bearer"}) {
            Answer answer = edge.sendAsStranger("GET", "/api/v1/prompts", NOTHING, "Authorization", header);
            ProblemsAssert.assertProblem(answer, 401, "not-signed-in");
            assertThat(answer.headers()).contains(entry("www-authenticate",
                    "Basic realm=\"prompt-audit-trail\", charset=\"UTF-8\", Bearer realm=\"prompt-audit-trail\""));
            assertThat(answer.json().path("detail").asString()).contains("password", "Basic", "Bearer", "single sign-on");
        }
    }

    /** RFC 6750, section 3.1: whoever sent a token is told that it was the token. */
    @Test
    void saysThatABearerTokenIsNone() {
        for (String header : new String[]{"Bearer x", "bearer x", "Bearer sk-none"}) {
            Answer answer = edge.sendAsStranger("GET", "/api/v1/prompts", NOTHING, "Authorization", header);
            ProblemsAssert.assertProblem(answer, 401, "not-signed-in");
            assertThat(answer.headers()).as(header).contains(entry("www-authenticate",
                    """
                            Basic realm="prompt-audit-trail", charset="UTF-8", Bearer realm="prompt-audit-trail", error="invalid_token\""""));
        }
    }

    /** An account that cannot be looked up is no wrong password. */
    @Test
    void failsAsTheStoreOfAccountsFails() {
        edge.signIns.failOnce(new TrailUnavailable("The event store does not answer.", null));
        ProblemsAssert.assertProblem(asTemp("a first long password"), 503, "trail-unavailable");
        edge.signIns.failOnce(new IllegalStateException("a secret"));
        Answer answer = asTemp("a first long password");
        ProblemsAssert.assertProblem(answer, 500, "internal-error");
        assertThat(answer.body()).doesNotContain("secret");
    }

    private Answer asTemp(String password) {
        return edge.sendAsStranger("POST", COMMENTS, "{\"text\": \"hm\"}".getBytes(StandardCharsets.UTF_8),
                "Content-Type", "application/json", "Authorization", EdgeServer.basic("temp", password));
    }
}
