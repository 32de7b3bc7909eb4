package io.promptaudit.server.trail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.command.trail.Sequence;
import io.promptaudit.server.PromptAuditTrail;
import io.promptaudit.server.security.LightHashes;

/** The product, started in this process on a folder of its own and a free port, and a client that speaks HTTP to it. */
public final class TestServer implements AutoCloseable {
    public static final String ADMIN = "admin";
    public static final String PASSWORD = "a password long enough";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    /** What came back; header names are in lower case. */
    public record Answer(int status, String text, Map<String, String> headers) {
        public JsonNode json() {
            return JSON.readTree(text);
        }

        public String at(String field) {
            return json().path(field).asString();
        }

        public long position() {
            return json().path("position").asLong();
        }

        /** The last segment of a problem's type; null when this is none. */
        @Nullable
        public String problem() {
            String type = json().path("type").asString("");
            return "application/problem+json".equals(headers.get("content-type")) ? type.replace("/problems/", "") : null;
        }
    }

    public TestServer(Path folder, String... options) {
        this(folder, new Class<?>[0], options);
    }

    public TestServer(Path folder, Class<?>[] more, String... options) {
        var sources = new ArrayList<Class<?>>(List.of(PromptAuditTrail.class, LightHashes.class));
        sources.addAll(List.of(more));
        var arguments = new ArrayList<>(List.of("--server.port=0", "--promptaudit.data-dir=" + folder,
                "--promptaudit.admin-password=" + PASSWORD));
        arguments.addAll(List.of(options));
        context = new SpringApplicationBuilder(sources.toArray(Class<?>[]::new)).web(WebApplicationType.SERVLET)
                .run(arguments.toArray(String[]::new));
        var server = ((WebServerApplicationContext) context).getWebServer();
        if (server == null) {
            throw new IllegalStateException("no web server");
        }
        port = server.getPort();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Where it listens, at 127.0.0.1. */
    public int port() {
        return port;
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public void account(String id, String grants) {
        Answer made = post(ADMIN, "/api/v1/accounts", """
                {"id":"%s","displayName":"%s","kind":"person","password":"%s","grants":%s}"""
                .formatted(id, "Name of " + id, PASSWORD, grants));
        if (made.status() != 201) {
            throw new IllegalStateException(made.text());
        }
    }

    public Answer post(String account, String path, String body, String... headers) {
        return send(account, "POST", path, body, headers);
    }

    public Answer put(String account, String path, String body, String... headers) {
        return send(account, "PUT", path, body, headers);
    }

    /** A read that must know this write. */
    public Answer after(Answer write, String account, String path) {
        return get(account, path, "Audit-Position", Long.toString(write.position()));
    }

    /** The position of the newest event. */
    public long head() {
        return bean(Sequence.class).head();
    }

    public Answer get(String account, String path, String... headers) {
        return send(account, "GET", path, null, headers);
    }

    /** The data of the stream's events, up to and with the first that the caller is looking for. */
    public List<JsonNode> stream(String account, String path, Predicate<JsonNode> last) {
        var request = request(account, path).header("Accept", "text/event-stream").build();
        try (var lines = http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
                var reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
            var events = new ArrayList<JsonNode>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("data: ")) {
                    events.add(JSON.readTree(line.substring("data: ".length())));
                    if (last.test(events.getLast())) {
                        return events;
                    }
                }
            }
            throw new IllegalStateException("the stream ended before what was looked for");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Nobody is signed in when the account is empty; one with a colon has its own password, and a bearer is sent as it is. */
    private HttpRequest.Builder request(String account, String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return account.isEmpty() ? request : request.header("Authorization", authorization(account));
    }

    private static String authorization(String account) {
        if (account.startsWith("Bearer ")) {
            return account;
        }
        String credentials = account.contains(":") ? account : account + ":" + PASSWORD;
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    public Answer send(String account, String method, String path, @Nullable String body, String... headers) {
        // So that a failing test ends; no assertion depends on it.
        var request = request(account, path).timeout(Duration.ofMinutes(1)).method(method,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response.headers().map().entrySet().stream()
                    .collect(Collectors.toMap(e -> e.getKey().toLowerCase(Locale.ROOT), e -> String.join(", ", e.getValue()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The answer to a read, byte for byte. */
    public HttpResponse<byte[]> fetch(String account, String path, String... headers) {
        var request = request(account, path).timeout(Duration.ofMinutes(1));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
