package io.promptaudit.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.security.crypto.password.PasswordEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.command.account.MadeKeys;
import io.promptaudit.command.change.ProposedChanges;
import io.promptaudit.command.trail.Sealing;
import io.promptaudit.server.security.Transport;

/** The edge alone, on a real Tomcat, before collaborators that only remember. Shared by the tests of one JVM. */
final class EdgeServer {
    /** How far the clock is ahead of the machine's: slowed sign-ins need not be waited for. */
    private static volatile Duration ahead = Duration.ZERO;
    static final String ACCOUNT = "rhea";
    static final String PASSWORD = "correct pony stapler 7";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> NOT_THE_EDGE = List.of("org.axonframework.", "org.springframework.boot.jdbc.",
            "org.springframework.boot.flyway.", "org.springframework.boot.sql.", "org.springframework.boot.transaction.");
    private static final EdgeServer SHARED = new EdgeServer();

    final MemoryRecorder recorder;
    final MemorySignIns signIns;
    final PasswordEncoder encoder;
    private final int port;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private EdgeServer() {
        ConfigurableApplicationContext context = SpringApplication.run(Edge.class, properties());
        recorder = context.getBean(MemoryRecorder.class);
        signIns = context.getBean(MemorySignIns.class);
        encoder = context.getBean(PasswordEncoder.class);
        signIns.put(ACCOUNT, encoder.encode(PASSWORD));
        var server = ((WebServerApplicationContext) context).getWebServer();
        port = server == null ? -1 : server.getPort();
    }

    static EdgeServer shared() {
        return SHARED;
    }

    /** Sends as the one account there is. */
    Answer send(String method, String path, byte[] body, String... headers) {
        var all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = basic(ACCOUNT, PASSWORD);
        System.arraycopy(headers, 0, all, 2, headers.length);
        return sendAsStranger(method, path, body, all);
    }

    /** Sends JSON as the one account there is. */
    Answer json(String method, String path, String body, String... headers) {
        var all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return send(method, path, body.getBytes(StandardCharsets.UTF_8), all);
    }

    /** Lets an hour pass. */
    static void pass() {
        ahead = ahead.plus(Duration.ofHours(1));
    }

    Answer sendAsStranger(String method, String path, byte[] body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).method(method,
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().map().entrySet().stream().collect(
                    Collectors.toMap(e -> e.getKey().toLowerCase(java.util.Locale.ROOT), e -> e.getValue().getFirst())),
                    response.body());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** Sends these bytes as they are, and gives all that comes back until the server closes. */
    String raw(String... parts) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            for (String part : parts) {
                socket.getOutputStream().write(part.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            }
            var all = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(all);
            return all.toString(StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    static String basic(String account, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((account + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode parse(String json) {
        return MAPPER.readTree(json);
    }

    private static String[] properties() {
        String excluded = ImportCandidates.load(AutoConfiguration.class, EdgeServer.class.getClassLoader()).getCandidates()
                .stream().filter(name -> NOT_THE_EDGE.stream().anyMatch(name::startsWith)).collect(Collectors.joining(","));
        return new String[]{"--server.address=127.0.0.1", "--server.port=0", "--spring.autoconfigure.exclude=" + excluded,
                "--spring.main.banner-mode=off", "--logging.level.root=warn", "--spring.web.resources.add-mappings=false",
                "--spring.mvc.formcontent.filter.enabled=false", "--spring.servlet.multipart.enabled=false"};
    }

    /** What came back; header names are in lower case. */
    record Answer(int status, Map<String, String> headers, String body) {
        JsonNode json() {
            return parse(body);
        }
    }

    /** No stereotype, so that no other application's scan finds it. */
    @EnableAutoConfiguration
    @ComponentScan({"io.promptaudit.server.http", "io.promptaudit.server.security", "io.promptaudit.command.prompt.web",
            "io.promptaudit.command.environment.web", "io.promptaudit.command.account.web", "io.promptaudit.command.change.web"})
    static class Edge {
        @Bean
        MemoryRecorder recorder() {
            return new MemoryRecorder();
        }

        @Bean
        Sealing sealing() {
            return _ -> true;
        }

        @Bean
        MadeKeys madeKeys() {
            return _ -> Optional.empty();
        }

        @Bean
        MemorySignIns signIns() {
            return new MemorySignIns();
        }

        /** Knows no change: without a database there is none. */
        @Bean
        ProposedChanges changes() {
            return _ -> null;
        }

        @Bean
        MemoryDoor memoryDoor() {
            return new MemoryDoor();
        }

        @Bean
        Transport transport() {
            return new Transport(false, false, false);
        }

        @Bean
        InstantSource clock() {
            return () -> Instant.now().plus(ahead);
        }

        @Bean
        ProblemMapping behind() {
            return ProblemMapping.of(MemoryRecorder.Behind.class,
                    failure -> Problem.passing("view-behind", failure.getMessage(), 1));
        }
    }
}
