package io.promptaudit.server.e2e;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.ledger.pack.PackFiles;
import io.promptaudit.ledger.pack.PackVerification;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.verification.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/** A large pack passes through a server with little memory, as did what it is made of. */
class EvidenceE2E {
    private static final int MEGABYTES = Integer.getInteger("promptaudit.pack-megabytes", 25);
    private static final int LONG = 900_000;
    private static final int LONG_EVENTS = MEGABYTES * 1_000_000 / LONG;

    @TempDir
    Path folder;

    @Test
    void aLongTrailIsPackedInLittleMemory() throws IOException, InterruptedException {
        try (var server = Launch.of(folder.resolve("data")).forLong().start()) {
            long head = importAll(server.admin());
            Path pack = fetch(server.admin(), "/api/v1/evidence", folder.resolve("trail.zip"));
            assertThat(Files.size(pack)).isGreaterThan(MEGABYTES * 750_000L);
            assertThat(verified(server.admin(), pack)).isEqualTo(head);

            // Of one long prompt, with the differences of its versions.
            Path prompt = fetch(server.admin(), Api.prompt("bulk/0", "/evidence"), folder.resolve("prompt.zip"));
            assertThat(verified(server.admin(), prompt)).isGreaterThan(LONG_EVENTS / 4).isLessThan(head);
        }
    }

    /** The shipped history, and long texts that cannot be made shorter. */
    private static long importAll(Api admin) throws IOException {
        var random = new Random(7);
        try (var stream = new ImportStream(admin)) {
            for (String line : History.lines()) {
                stream.send(line.getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; i < LONG_EVENTS; i++) {
                var text = new StringBuilder(LONG);
                random.ints(LONG, 'A', 'z' + 1).map(c -> c == '\\' ? ' ' : c).forEach(c -> text.append((char) c));
                stream.send(
                        "{\"prompt\":\"bulk/%d\",\"at\":\"2024-01-01T00:00:00Z\",\"author\":\"a\",\"note\":\"n\",\"content\":\"%s\"}"
                                .formatted(i % 4, text).getBytes(StandardCharsets.UTF_8));
            }
            stream.end();
            assertThat(stream.status()).isEqualTo(200);
            JsonNode last = JsonMapper.shared().missingNode();
            for (JsonNode line = stream.receive(); line != null; line = stream.receive()) {
                last = line;
            }
            assertThat(last.path("imported").asInt()).isEqualTo(History.lines().size() + LONG_EVENTS);
            return last.path("position").asLong();
        }
    }

    private static Path fetch(Api admin, String path, Path file) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(admin.server().resolve(path)).header("Authorization", admin.authorization()).build();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofFile(file)).statusCode()).isEqualTo(200);
        }
        return file;
    }

    /** How many events a good pack has. */
    private static long verified(Api admin, Path pack) throws IOException, InterruptedException {
        Path policy = fetch(admin, "/ledger/policy", pack.resolveSibling("policy"));
        try (PackFiles files = PackFiles.of(pack)) {
            var verification = new PackVerification(files, TrustPolicy.parse(Files.readAllBytes(policy)));
            verification.verify((_, _) -> {});
            assertThat(verification.findings().first()).isEmpty();
            assertThat(verification.findings().verdict()).isEqualTo(Verdict.GOOD);
            return verification.events();
        }
    }
}
