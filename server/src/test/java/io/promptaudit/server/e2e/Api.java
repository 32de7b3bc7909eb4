package io.promptaudit.server.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The requests of one account to one server. */
record Api(URI server, String account, String password) {
    /** Of every account in these tests. */
    static final String PASSWORD = "rain on a tin roof, twice";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    /** So that a server that hangs fails its test. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LARGEST_PAGE = 200;

    /** An answer; its body is a missing node where it holds no JSON. */
    record Answer(int status, HttpHeaders headers, JsonNode body) {

        /** This answer, provided it has the status. */
        Answer expect(int expected) {
            if (status != expected) {
                throw new AssertionError("answered %d instead of %d: %s".formatted(status, expected, body));
            }
            return this;
        }

        String text(String field) {
            return body.required(field).asString();
        }

        long number(String field) {
            return body.required(field).asLong();
        }

        /** Whether it is an RFC 9457 problem, by its media type. */
        boolean isProblem() {
            return headers.firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        }
    }

    /** A role on prompts; a deployer's, in environments. */
    record Grant(String role, String prompts, List<String> environments) {}

    /** A grant on every prompt. */
    static Grant grant(String role, String... environments) {
        return new Grant(role, "**", List.of(environments));
    }

    /** A name as one path segment. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The address of a prompt, or of what lies below it. */
    static String prompt(String name, String... below) {
        return "/api/v1/prompts/" + segment(name) + String.join("", below);
    }

    /** Makes an account with the same password. */
    Api create(String id, Grant... grants) {
        post("/api/v1/accounts", Map.of("id", id, "displayName", "The " + id, "kind", "person", "password", PASSWORD, "grants",
                grants)).expect(201);
        return new Api(server, id, PASSWORD);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    /** What is there, as it is; null when there is nothing. */
    byte @Nullable [] bytes(String path) {
        HttpResponse<byte[]> response = exchange("GET", path, BodyPublishers.noBody());
        return switch (response.statusCode()) {
            case 200 -> response.body();
            case 404 -> null;
            default -> throw new AssertionError("answered " + response.statusCode() + " to " + path);
        };
    }

    Answer post(String path, Object body, String... headers) {
        return send("POST", path, json(body), headers);
    }

    Answer put(String path, Object body, String... headers) {
        return send("PUT", path, json(body), headers);
    }

    /** Requests that do not sign in. */
    Api stranger() {
        return new Api(server, "", "");
    }

    /** All items of a list that pages by cursor. */
    List<JsonNode> all(String path, String... headers) {
        var items = new ArrayList<JsonNode>();
        String page = path + (path.contains("?") ? "&" : "?") + "limit=" + LARGEST_PAGE;
        for (String next = page; next != null;) {
            JsonNode body = get(next, headers).expect(200).body();
            body.required("items").forEach(items::add);
            next = body.hasNonNull("cursor") ? page + "&cursor=" + segment(body.get("cursor").asString()) : null;
        }
        return items;
    }

    /** Every recorded event in the order of positions, as the feed's JSON pages tell it. */
    List<JsonNode> events() {
        var events = new ArrayList<JsonNode>();
        for (long after = 0;;) {
            JsonNode page = get("/api/v1/events?limit=" + LARGEST_PAGE + "&after=" + after, "Accept", "application/json")
                    .expect(200).body();
            page.required("items").forEach(events::add);
            long next = page.required("next").asLong();
            if (next == after) {
                return events;
            }
            after = next;
        }
    }

    /** The value of the Authorization header. */
    String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString((account + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static BodyPublisher json(Object body) {
        return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    }

    private Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpResponse<byte[]> response = exchange(method, path, body, headers);
        boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Answer(response.statusCode(), response.headers(),
                json ? JSON.readTree(response.body()) : JSON.missingNode());
    }

    /** @throws UncheckedIOException when there was no answer */
    private HttpResponse<byte[]> exchange(String method, String path, BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE).method(method, body);
        if (!account.isEmpty()) {
            request.header("Authorization", authorization());
        }
        if (!method.equals("GET")) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
