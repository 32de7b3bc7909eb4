package io.promptaudit.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.UUID;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.promptaudit.server.PromptAuditTrail;

/** Writes over HTTP to a whole server in this process, each answered sealed. */
final class ServerSpeed implements AutoCloseable {
    private static final String PASSWORD = "only for these figures";

    private final ConfigurableApplicationContext server;
    private final URI address;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Starts the server in this folder. */
    ServerSpeed(Path folder) {
        server = new SpringApplication(PromptAuditTrail.class).run("--promptaudit.data-dir=" + folder, "--server.port=0",
                "--promptaudit.admin-password=" + PASSWORD);
        address = URI.create("http://127.0.0.1:" + server.getEnvironment().getRequiredProperty("local.server.port"));
        post("admin", "/api/v1/accounts", """
                {"id":"wanda","displayName":"W","kind":"person","password":"%s","grants":[{"role":"editor","prompts":"**"}]}"""
                .formatted(PASSWORD));
    }

    /** Creates a prompt. */
    void write() {
        post("wanda", "/api/v1/prompts", """
                {"name":"%s","type":"text","content":"%s","note":"n"}""".formatted(UUID.randomUUID(), "x".repeat(700)));
    }

    private void post(String account, String path, String body) {
        String basic = Base64.getEncoder().encodeToString((account + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException("answered " + answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
