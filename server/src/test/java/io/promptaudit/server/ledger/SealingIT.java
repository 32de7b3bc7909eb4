package io.promptaudit.server.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.leaf.EventLeaf;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.proof.Receipt;
import io.promptaudit.ledger.tile.TilePath;
import io.promptaudit.ledger.tile.TileReader;
import io.promptaudit.ledger.tile.TileSource;
import io.promptaudit.ledger.tile.TiledTree;
import io.promptaudit.ledger.tree.ConsistencyProof;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.InclusionProof;
import io.promptaudit.ledger.tree.Prover;
import io.promptaudit.ledger.tree.TreeHasher;
import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** What a writer and an auditor get of the ledger over HTTP, checked by nothing of the server's. */
class SealingIT {
    @TempDir
    static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        server.account("wanda", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer write(String name, String... headers) {
        return server.post("wanda", "/api/v1/prompts",
                "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"x\",\"note\":\"n\"}".formatted(name), headers);
    }

    private static String receipt(Answer answer) {
        return Objects.requireNonNull(answer.headers().get("receipt"));
    }

    private static TrustPolicy policy() {
        return TrustPolicy.parse(read("policy"));
    }

    /** Without any credential. */
    private static HttpResponse<byte[]> get(String path) {
        try {
            return HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/ledger/%s".formatted(server.port(), path))).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(String path) {
        HttpResponse<byte[]> answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private static Checkpoint checkpoint() {
        return policy().verify(SignedNote.parse(read("checkpoint"))).checkpoint();
    }

    @Test
    void aWriteIsAnsweredSealedWithItsReceipt() {
        Answer made = write("sealed/one");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("sealed").asBoolean()).isTrue();
        String path = receipt(made);
        assertThat(path).isEqualTo("/ledger/receipts/" + made.at("eventId"));

        Receipt receipt = Receipt.parse(server.get("wanda", path).text().getBytes(StandardCharsets.UTF_8));
        assertThat(receipt.index()).isEqualTo(made.position() - 1);
        Hash leaf = new TreeHasher().leaf(entry(receipt.index()));
        receipt.verify(leaf, policy());
        assertThat(EventLeaf.parse(entry(receipt.index())).eventId()).isEqualTo(made.at("eventId"));
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> receipt.verify(new TreeHasher().leaf(new byte[]{1}), policy()));
    }

    private static byte[] entry(long index) {
        long size = checkpoint().size();
        long bundle = index / TilePath.FULL;
        return new TileReader(source()).entries(TilePath.entries(bundle, TilePath.widthIn(size, 0, bundle)))
                .entry((int) (index % TilePath.FULL));
    }

    private static TileSource source() {
        return new TileSource() {
            @Override
            public byte @Nullable [] read(String path, int limit) {
                HttpResponse<byte[]> answer = get(path);
                return answer.statusCode() == 200 ? answer.body() : null;
            }
        };
    }

    @Test
    void whoDoesNotWaitIsToldSo() {
        Answer made = write("sealed/async", "Prefer", "wait=3, Respond-Async;x=1");
        assertThat(made.status()).isEqualTo(202);
        assertThat(made.headers()).containsEntry("preference-applied", "respond-async").containsKey("receipt");
        assertThat(server.get("wanda", receipt(made)).status()).isEqualTo(200);
    }

    @Test
    void aRefusalHasAReceiptToo() {
        Answer refused = server.put("wanda", "/api/v1/accounts/admin/grants", "{\"grants\":[]}");
        assertThat(refused.status()).isEqualTo(403);
        Answer receipt = server.get("wanda", receipt(refused));
        assertThat(Receipt.parse(receipt.text().getBytes(StandardCharsets.UTF_8)).index()).isEqualTo(refused.position() - 1);
    }

    @Test
    void tilesMakeTheRootThatIsSigned() {
        for (int i = 0; i < 300; i++) {
            write("tiles/" + i, "Prefer", "respond-async");
        }
        write("tiles/last");
        Checkpoint signed = checkpoint();
        assertThat(signed.size()).isGreaterThan(300);
        assertThat(new Prover(new TiledTree(new TileReader(source()), signed.size())).root(signed.size()))
                .isEqualTo(signed.root());
        var hasher = new TreeHasher();
        var leaves = new ArrayList<Hash>();
        for (long index = 0; index < TilePath.FULL; index++) {
            leaves.add(hasher.leaf(entryOfFullBundle((int) index)));
        }
        byte[] tile = read("tile/0/000");
        for (int i = 0; i < TilePath.FULL; i++) {
            assertThat(Hash.of(tile, i * Hash.LENGTH)).isEqualTo(leaves.get(i));
        }
    }

    private static byte[] entryOfFullBundle(int index) {
        return new TileReader(source()).entries(TilePath.entries(0, TilePath.FULL)).entry(index);
    }

    @Test
    void proofsHold() {
        Answer first = write("proofs/first");
        long from = checkpoint().size();
        Answer last = write("proofs/last");
        JsonNode inclusion = server.get("wanda", "/ledger/proof/inclusion?eventId=" + first.at("eventId")).json();
        new InclusionProof(inclusion.path("index").asLong(), inclusion.path("size").asLong(), hashes(inclusion))
                .verify(Hash.ofBase64(inclusion.path("leafHash").asString(), "leaf"),
                        Hash.ofBase64(inclusion.path("rootHash").asString(), "root"));
        JsonNode consistency = server.get("wanda", "/ledger/proof/consistency?from=%d&to=%d".formatted(from, last.position()))
                .json();
        new ConsistencyProof(from, last.position(), hashes(consistency)).verify(
                Hash.ofBase64(consistency.path("fromRoot").asString(), "from"),
                Hash.ofBase64(consistency.path("toRoot").asString(), "to"));
    }

    private static List<Hash> hashes(JsonNode proof) {
        var hashes = new ArrayList<Hash>();
        proof.path("proof").forEach(hash -> hashes.add(Hash.ofBase64(hash.asString(), "proof")));
        return hashes;
    }

    @Test
    void whatIsNotThereIsNotFoundAndProofsWantASignIn() {
        for (String path : List.of("tile/0/999", "tile/9/000", "tile/0/000.p/0", "tile/entries/x000/000", "tile/0/0",
                "tile/0/..%2Fcheckpoint", "nothing")) {
            assertThat(get(path).statusCode()).as(path).isIn(400, 401, 404);
        }
        assertThat(get("proof/consistency?from=1").statusCode()).isEqualTo(401);
        assertThat(get("receipts/none").statusCode()).isEqualTo(401);
        assertThat(server.get("wanda", "/ledger/receipts/none").problem()).isEqualTo("event-not-found");
        assertThat(server.get("wanda", "/ledger/proof/consistency?from=0").at("field")).isEqualTo("from");
        assertThat(server.get("wanda", "/ledger/proof/consistency?from=1&to=999999999").at("field")).isEqualTo("to");
    }

    /** A dump that is put back makes the trail forget; the second place does not. */
    @Test
    void aDatabaseThatWasSetBackIsNotSigned(@TempDir Path other) throws IOException {
        Path copy = other.resolve("copy");
        Path data = other.resolve("data");
        try (var before = new TestServer(data)) {
            before.account("erin", "[]");
        }
        copy(data.resolve("trail.mv.db"), copy);
        try (var after = new TestServer(data)) {
            after.account("fred", "[]");
        }
        copy(copy, data.resolve("trail.mv.db"));
        try (var setBack = new TestServer(data)) {
            Answer refused = setBack.post("admin", "/api/v1/accounts", """
                    {"id":"gina","displayName":"G","kind":"person","grants":[]}""");
            assertThat(refused.status()).as(refused.text()).isEqualTo(503);
            assertThat(refused.at("detail")).contains("set back");
            assertThat(setBack.get("admin", "/api/v1/accounts/erin").status()).isEqualTo(200);
            assertThat(setBack.get("admin", "/actuator/health").status()).isEqualTo(503);
            assertThat(setBack.get("admin", "/ledger/checkpoint").status()).isEqualTo(404);
            assertThat(setBack.get("admin", "/api/v1/evidence").problem()).isEqualTo("not-sealed");
        }
    }

    @Test
    void aSecondPlaceThatLostItsCheckpointsIsNotBegunAnew(@TempDir Path data) throws IOException {
        try (var before = new TestServer(data)) {
            before.account("erin", "[]");
        }
        try (var files = Files.newDirectoryStream(data.resolve("checkpoints"))) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        try (var after = new TestServer(data)) {
            assertThat(after.post("admin", "/api/v1/accounts/erin/lock", "{\"reason\":\"r\"}").status()).isEqualTo(503);
        }
    }

    /** Nothing is acknowledged, reads go on, and what was the matter is on record once it is over. */
    @Test
    void withoutItsSecondPlaceNothingIsWritten(@TempDir Path data) throws IOException {
        try (var own = new TestServer(data)) {
            own.account("erin", "[]");
            Path place = data.resolve("checkpoints");
            Path aside = Files.move(place, data.resolve("aside"));
            own.post("admin", "/api/v1/accounts/erin/lock", "{\"reason\":\"r\"}", "Prefer", "respond-async");
            await().untilAsserted(() -> assertThat(own.get("admin", "/actuator/health").at("status")).isEqualTo("DOWN"));
            Answer refused = own.post("admin", "/api/v1/accounts/erin/unlock", "{\"reason\":\"r\"}");
            assertThat(refused.status()).as(refused.text()).isEqualTo(503);
            assertThat(refused.at("detail")).contains("nothing can be sealed now");
            assertThat(own.get("admin", "/api/v1/accounts/erin").status()).isEqualTo(200);

            Files.move(aside, place);
            await().untilAsserted(() -> assertThat(
                    own.post("admin", "/api/v1/accounts/erin/unlock", "{\"reason\":\"r\"}").status()).isEqualTo(201));
            assertThat(own.get("admin", "/actuator/health").at("status")).isEqualTo("UP");
            await().untilAsserted(() -> assertThat(own.get("admin", "/api/v1/audit?actor=system&q=sealing").json()
                    .path("items").findValuesAsString("sentence")).hasSize(2)
                            .anyMatch(told -> told.contains("nothing could be sealed from"))
                            .contains("system cleared the alert sealing."));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
