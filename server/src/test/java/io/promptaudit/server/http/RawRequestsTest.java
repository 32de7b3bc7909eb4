package io.promptaudit.server.http;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.server.http.EdgeServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** What no client library sends: refused with problem+json by Tomcat, the firewall or a filter, never with a page. */
class RawRequestsTest {
    private static final String END = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final EdgeServer edge = EdgeServer.shared();

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/prompts/a;b", "/api/v1/prompts/a;jsessionid=1/archival", "/api/v1/prompts/a%5Cb",
            "/api/v1/prompts/a%00b", "/api/v1/prompts/a%0Ab", "/api/v1/prompts/a%0D%0Ab", "/api/v1/prompts/a%zzb",
            "/api/v1/prompts/a%2", "/api/v1/prompts/%FF", "/api/v1/prompts/%C3%28", "/api/v1/prompts/%ED%A0%80",
            "/api/v1/prompts/a\\b", "/api/v1/prompts/a|b", "/api/v1/prompts/{a}", "/api/v1/prompts/a\"b",
            "/api/v1/prompts/a\u0000b", "/api/v1/prompts/\u00e9", "/api/v1/prompts/%E2%80%A8",
            "/api/../../etc/passwd", "api/v1/prompts", "/api/v1/prompts/%2e%2e/%2e%2e/%2e%2e/x%00"})
    void oddPathIsAMalformedRequest(String path) {
        ProblemsAssert.assertProblem(answer(edge.raw("GET " + path + END)), 400, "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GARBAGE\r\n\r\n", "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", "GET /\u0001 HTTP/1.1\r\n\r\n",
            "GET /api/v1/prompts HTTP/1.1\r\nConnection: close\r\n\r\n",
            "GET /api/v1/prompts HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
            "GET /api/v1/prompts HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
            "POST /api/v1/prompts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n123456",
            "POST /api/v1/prompts HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "G\u00e9T / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"})
    void oddRequestGetsAProblem(String request) {
        Answer answer = answer(edge.raw(request));
        assertThat(answer.status()).isIn(400, 505);
        ProblemsAssert.assertProblem(answer, answer.status(),
                answer.status() == 505 ? "http-version-not-supported" : "malformed-request");
    }

    @Test
    void longHeadersAreRefused() {
        Answer answer = answer(edge.raw(
                "GET /api/v1/prompts HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(60_000) + "\r\nConnection: close\r\n\r\n"));
        assertThat(answer.status()).isIn(400, 431);
        ProblemsAssert.assertProblem(answer, answer.status(),
                answer.status() == 431 ? "headers-too-large" : "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "FOO", "CONNECT"})
    void unknownMethodIsRefused(String method) {
        Answer answer = answer(edge.raw(method + " /api/v1/prompts" + END));
        assertThat(answer.status()).isIn(400, 405, 501);
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    }

    @Test
    void bodyOfUnknownLengthIsBoundedToo() {
        String chunk = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
        Answer answer = answer(edge.raw(post("Transfer-Encoding: chunked\r\n"), chunk.repeat(9), "0\r\n\r\n"));
        ProblemsAssert.assertProblem(answer, 413, "content-too-large");
    }

    @Test
    void brokenChunksAreAMalformedRequest() {
        Answer answer = answer(edge.raw(post("Transfer-Encoding: chunked\r\n"), "zz\r\n{}\r\n0\r\n\r\n"));
        ProblemsAssert.assertProblem(answer, 400, "malformed-request");
    }

    @Test
    void announcedLengthIsBelieved() {
        Answer answer = answer(edge.raw(post("Content-Length: 99999999\r\nExpect: 100-continue\r\n")));
        ProblemsAssert.assertProblem(answer, 413, "content-too-large");
    }

    @Test
    void oddHeadersAreAMalformedRequest() {
        for (String header : new String[]{"Idempotency-Key: \u0085", "traceparent: \u0081", "User-Agent: a\u009fb"}) {
            String body = "{\"text\":\"x\"}";
            Answer answer = answer(edge.raw(post(header + "\r\nContent-Length: " + body.length() + "\r\n")
                    .replace("/api/v1/prompts", "/api/v1/prompts/a/versions/1/comments"), body));
            ProblemsAssert.assertProblem(answer, 400, "malformed-request");
        }
    }

    private static String post(String headers) {
        return "POST /api/v1/prompts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Authorization: " + EdgeServer.basic(EdgeServer.ACCOUNT, EdgeServer.PASSWORD) + "\r\n" + headers + "\r\n";
    }

    private static Answer answer(String response) {
        int split = response.indexOf("\r\n\r\n");
        assertThat(split).as("an answer: %s", response).isPositive();
        String[] head = response.substring(0, split).split("\r\n", -1);
        Map<String, String> headers = Stream.of(head).skip(1).map(line -> line.split(": ?", 2))
                .collect(Collectors.toMap(line -> line[0].toLowerCase(Locale.ROOT), line -> line[1], (a, b) -> a));
        String body = response.substring(split + 4);
        assertThat(body).doesNotContainIgnoringCase("<html").doesNotContainIgnoringCase("tomcat");
        // A chunked body stands between its length and the end mark.
        String json = body.isEmpty() ? "{}" : body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1);
        return new Answer(Integer.parseInt(head[0].split(" ", -1)[1]), headers, json);
    }
}
