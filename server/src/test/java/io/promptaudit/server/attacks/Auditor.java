package io.promptaudit.server.attacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.pack.PackFiles;
import io.promptaudit.ledger.pack.PackVerification;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.verification.Finding;
import io.promptaudit.ledger.verification.Findings;
import io.promptaudit.ledger.verification.Verdict;
import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody outside holds from before the attack, and does with what the server gives out afterwards.
 *
 * @param policy whom the auditor believes
 * @param receipt of one event
 * @param checkpoint that was kept
 */
record Auditor(TrustPolicy policy, Bytes receipt, Bytes checkpoint) {

    /** Takes a receipt of this answer's event, and the checkpoint as it is now. */
    static Auditor of(TestServer server, Answer answer) {
        return new Auditor(TrustPolicy.parse(read(server, "/ledger/policy")),
                Bytes.of(read(server, "/ledger/receipts/" + answer.at("eventId"))),
                Bytes.of(read(server, "/ledger/checkpoint")));
    }

    static byte[] read(TestServer server, String path) {
        Answer answer = server.get("admin", path);
        assertThat(answer.status()).as(path + answer.text()).isEqualTo(200);
        return answer.text().getBytes(UTF_8);
    }

    /** Verifies a fresh pack of the whole trail, with nothing of the server's. */
    Findings verify(TestServer server, Path folder) {
        Path pack = pack(server, folder.resolve("pack.zip"));
        try (PackFiles files = PackFiles.of(pack)) {
            var verification = new PackVerification(files, policy);
            verification.verify((done, of) -> {});
            verification.ledger().verifySince(checkpoint.toArray());
            verification.ledger().verifyReceipt("receipt", receipt::toArray);
            return verification.findings();
        }
    }

    private static Path pack(TestServer server, Path file) {
        String credentials = Base64.getEncoder().encodeToString(("admin:" + TestServer.PASSWORD).getBytes(UTF_8));
        try (var http = HttpClient.newHttpClient()) {
            // A body is written over what is there, and cuts nothing off.
            Files.deleteIfExists(file);
            var answer = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1/evidence"))
                    .header("Authorization", "Basic " + credentials).build(), HttpResponse.BodyHandlers.ofFile(file));
            assertThat(answer.statusCode()).isEqualTo(200);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The pack contradicts, and the first contradiction of this check names what was touched. */
    void contradicts(TestServer server, Path folder, String check, String named) {
        Findings findings = verify(server, folder);
        assertThat(findings.verdict()).as(findings.first().toString()).isEqualTo(Verdict.CONTRADICTED);
        List<Finding> ofCheck = findings.first().stream().filter(finding -> finding.verdict() == Verdict.CONTRADICTED
                && finding.check().equals(check)).toList();
        assertThat(ofCheck).as(findings.first().toString()).isNotEmpty();
        assertThat(ofCheck.toString()).contains(named);
    }
}
