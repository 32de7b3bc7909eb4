package io.promptaudit.server.trail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import io.promptaudit.server.trail.TestServer.Answer;

import static io.promptaudit.server.trail.TestServer.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

/** Every answer, of every endpoint and of what stands before them, tells browsers to be careful and nobody what runs here. */
class SecureHeadersIT {
    private static final Map<String, String> ALWAYS = Map.of("cache-control", "no-store", "x-content-type-options", "nosniff",
            "x-frame-options", "DENY",
            "content-security-policy", "default-src 'none'; frame-ancestors 'none'", "referrer-policy", "no-referrer",
            "cross-origin-resource-policy", "same-origin", "permissions-policy",
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");
    private static final List<String> BANNERS = List.of("server", "x-powered-by", "x-application-context", "via");
    private static final List<String> LEAKS = List.of("tomcat", "spring", "axon", "java.", "org.", "exception", "\tat ", "<html");

    private static final List<String> FOR_STRANGERS = List.of("/actuator/health", "/ledger/checkpoint", "/ledger/tile/",
            "/ledger/policy");

    @TempDir
    static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyEndpointIsCareful() {
        var called = new TreeSet<String>();
        server.context().getBeansOfType(RequestMappingHandlerMapping.class).values().forEach(mappings -> mappings
                .getHandlerMethods().keySet().forEach(mapping -> mapping.getPatternValues()
                        .forEach(path -> methods(mapping.getMethodsCondition().getMethods()).forEach(method -> {
                            called.add(method + " " + path);
                            String filled = path.replaceAll("\\{version[^}]*}", "1").replaceAll("\\{[^}]*}", "x");
                            for (String account : List.of("", ADMIN)) {
                                String body = method.equals("GET") || method.equals("HEAD") ? null : "{}";
                                Answer answer = server.send(account, method, filled, body, "Accept", "application/json");
                                requireCare(account + " " + method + " " + filled, answer.status(), answer.headers(),
                                        answer.text());
                                assertThat(answer.status()).as(filled).isLessThan(500);
                                if (account.isEmpty() && FOR_STRANGERS.stream().noneMatch(filled::startsWith)) {
                                    assertThat(answer.status()).as(filled).isEqualTo(401);
                                }
                            }
                        }))));
        assertThat(called).contains("GET /api/v1/me", "POST /api/v1/prompts", "GET /api/v1/events").hasSizeGreaterThan(40);
    }

    private static Stream<String> methods(java.util.Set<RequestMethod> methods) {
        return methods.isEmpty() ? Stream.of("GET", "POST") : methods.stream().map(RequestMethod::name);
    }

    @Test
    void soIsEveryErrorBeforeAnEndpoint() {
        requireCare(server.get(ADMIN, "/api/v1/nothing"), 404);
        requireCare(server.get(ADMIN, "/"), 404);
        requireCare(server.get(ADMIN, "/error"), 404);
        requireCare(server.send(ADMIN, "DELETE", "/api/v1/me", null), 405);
        requireCare(server.send(ADMIN, "OPTIONS", "/api/v1/me", null), 200);
        requireCare(server.send(ADMIN, "HEAD", "/api/v1/me", null), 200);
        requireCare(server.get(ADMIN, "/api/v1/audit?limit=x"), 400);
        requireCare(server.get(ADMIN, "/api/v1/audit?q=%ff"), 400);
        requireCare(server.post(ADMIN, "/api/v1/prompts", "{"), 400);
        requireCare(server.post(ADMIN, "/api/v1/prompts", "{}", "Content-Type", "text/plain"), 415);
        requireCare(server.post(ADMIN, "/api/v1/prompts", " ".repeat((8 << 20) + 1)), 413);
        requireCare(server.get(ADMIN, "/api/v1/prompts/a%00b"), 400);
        requireCare(server.get("", "/api/v1/me", "Authorization", "Basic !"), 401);
    }

    @Test
    void soIsWhatTomcatRefusesItself() {
        String end = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        for (String request : List.of("GARBAGE\r\n\r\n", "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", "TRACE /api/v1/me" + end,
                "GET /api/v1/a|b" + end, "GET /api/v1/me HTTP/1.1\r\nConnection: close\r\n\r\n", "CONNECT /api/v1/me" + end,
                "GET /api/v1/me HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(60_000) + "\r\nConnection: close\r\n\r\n")) {
            String[] parts = raw(request).split("\r\n\r\n", 2);
            String[] head = parts[0].split("\r\n", -1);
            var headers = Arrays.stream(head).skip(1).map(line -> line.split(": ?", 2))
                    .collect(Collectors.toMap(line -> line[0].toLowerCase(Locale.ROOT), line -> line[1], (a, b) -> a + ", " + b));
            int status = Integer.parseInt(head[0].split(" ", -1)[1]);
            assertThat(status).as(request.substring(0, 7)).isBetween(400, 505);
            requireCare(request.substring(0, 7), status, headers, parts[1]);
        }
    }

    /** Strangers learn one word, auditors and admins what it is made of, and nothing else is there but the metrics. */
    @Test
    void actuatorsTellTheHealthAndNothingElse() {
        Answer health = server.get("", "/actuator/health");
        assertThat(health.json().propertyNames()).containsExactly("status");
        assertThat(health.at("status")).isIn("UP", "DEGRADED", "DOWN");
        assertThat(server.get(ADMIN, "/actuator/health").json().propertyNames()).containsExactly("components", "status");
        for (String path : List.of("/health/db", "/health/trail", "/prometheus")) {
            assertThat(server.get("", "/actuator" + path).status()).as(path).isEqualTo(401);
        }
        for (String path : List.of("", "/", "/env", "/info", "/metrics", "/beans", "/loggers", "/heapdump", "/mappings",
                "/shutdown")) {
            assertThat(server.get("", "/actuator" + path).status()).as(path).isEqualTo(401);
            assertThat(server.get(ADMIN, "/actuator" + path).status()).as(path).isEqualTo(404);
        }
    }

    private static void requireCare(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        requireCare(Integer.toString(status), answer.status(), answer.headers(), answer.text());
    }

    private static void requireCare(String request, int status, Map<String, String> headers, String text) {
        assertThat(headers).as(request).containsAllEntriesOf(ALWAYS).doesNotContainKeys(BANNERS.toArray(String[]::new));
        assertThat(headers).as("plain HTTP: " + request).doesNotContainKey("strict-transport-security");
        if (status >= 400) {
            assertThat(text.toLowerCase(Locale.ROOT)).as(request).doesNotContain(LEAKS);
        }
    }

    private static String raw(String request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            // Only so that a server that does not answer fails the test.
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
