package io.promptaudit.server.http;

import io.promptaudit.server.http.EdgeServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** What is true of every problem, whoever wrote it. */
final class ProblemsAssert {

    private ProblemsAssert() {}

    static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json")
                .containsEntry("x-content-type-options", "nosniff").containsEntry("x-frame-options", "DENY")
                .containsEntry("cache-control", "no-store").containsEntry("referrer-policy", "no-referrer")
                .containsKey("content-security-policy").doesNotContainKey("server");
        var problem = answer.json();
        assertThat(problem.path("type").stringValue()).isEqualTo("/problems/" + type);
        assertThat(problem.path("title").stringValue()).isNotBlank();
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("detail").stringValue()).isNotBlank();
        assertThat(problem.path("requestId").stringValue()).isEqualTo(answer.headers().get("request-id"));
    }
}
