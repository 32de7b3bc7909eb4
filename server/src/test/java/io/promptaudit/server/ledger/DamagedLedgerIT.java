package io.promptaudit.server.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What readers get of a ledger that nobody goes on with: all that is good of it, and no silence on the rest. */
class DamagedLedgerIT {
    @TempDir
    private Path folder;

    private TestServer start() {
        return new TestServer(folder);
    }

    private void asOwner(String... statements) throws SQLException {
        try (var owner = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("trail"), "OWNER", "");
                var statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static byte[] read(TestServer server, String path) {
        Answer answer = server.get("", path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text().getBytes(StandardCharsets.UTF_8);
    }

    private static Checkpoint checkpoint(TestServer server) {
        return TrustPolicy.parse(read(server, "/ledger/policy")).verify(SignedNote.parse(read(server, "/ledger/checkpoint")))
                .checkpoint();
    }

    /** An empty tile that somebody keeps would outlive the repair. */
    @Test
    void aTileWhoseRowsAreGoneIsNoTile() throws SQLException {
        try (var server = start()) {
            server.account("erin", "[]");
            long size = checkpoint(server).size();
            List<String> tiles = List.of("/ledger/tile/0/000.p/" + size, "/ledger/tile/entries/000.p/" + size);
            assertThat(tiles).allSatisfy(tile -> {
                assertThat(server.get("", tile).headers().get("cache-control")).contains("public", "no-cache");
                String version = server.get("", tile).headers().get("etag");
                assertThat(server.get("", tile, "If-None-Match", String.valueOf(version)).status()).isEqualTo(304);
            });
            asOwner("drop trigger ledger_leaf_append_only", "set referential_integrity false",
                    "delete from ledger_leaf where leaf_index = 1");
            assertThat(tiles).allSatisfy(tile -> {
                Answer answer = server.get("", tile);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.problem()).isEqualTo("ledger-damaged");
                assertThat(answer.at("detail")).contains("are gone");
                assertThat(answer.headers()).containsEntry("cache-control", "no-store");
            });
            Answer proof = server.get("admin", "/ledger/proof/consistency?from=1&to=" + size);
            assertThat(proof.status()).as(proof.text()).isEqualTo(503);
            assertThat(proof.problem()).isEqualTo("ledger-damaged");
        }
    }

    /** A leaf that belongs to no event refuses the start; what was signed before is still there, and still good. */
    @Test
    void whatWasSignedIsReadWhileNothingIsSealed() throws SQLException {
        Checkpoint signed;
        Answer made;
        try (var server = start()) {
            made = server.post("admin", "/api/v1/accounts", """
                    {"id":"erin","displayName":"E","kind":"person","grants":[]}""");
            assertThat(made.status()).isEqualTo(201);
            signed = checkpoint(server);
        }
        asOwner("insert into ledger_leaf (leaf_index, entry, hash) select 1000000, entry, hash from ledger_leaf"
                + " where leaf_index = 0");
        try (var server = start()) {
            Answer refused = server.post("admin", "/api/v1/accounts/erin/lock", "{\"reason\":\"r\"}");
            assertThat(refused.status()).as(refused.text()).isEqualTo(503);
            Checkpoint kept = checkpoint(server);
            assertThat(kept.size()).isGreaterThanOrEqualTo(signed.size());
            assertThat(server.get("", "/ledger/tile/0/000.p/" + kept.size()).status()).isEqualTo(200);
            Answer proof = server.get("admin", "/ledger/proof/consistency?from=%d".formatted(signed.size()));
            assertThat(proof.at("toRoot")).as(proof.text()).isEqualTo(kept.root().toString());
            assertThat(server.get("admin", "/api/v1/evidence").status()).isEqualTo(200);
        }
    }

    /** The newest leaf is another one than was signed: that tree has no checkpoint. */
    @Test
    void anotherTreeThanTheSignedOneIsNotGivenAway() throws SQLException {
        try (var server = start()) {
            server.account("erin", "[]");
        }
        asOwner("drop trigger ledger_leaf_append_only", "update ledger_leaf set hash = (select hash from ledger_leaf"
                + " where leaf_index = 0) where leaf_index = (select max(leaf_index) from ledger_leaf)");
        try (var server = start()) {
            assertThat(server.get("", "/ledger/checkpoint").status()).isEqualTo(404);
            assertThat(server.get("admin", "/api/v1/evidence").problem()).isEqualTo("not-sealed");
        }
    }

    @Test
    void lostKeysAreToldAndNeedNoRestartOnceTheyAreBack() throws IOException {
        Path keys = folder.resolve("keys/ledger-1.1.key");
        Path aside = folder.resolve("aside");
        try (var server = start()) {
            server.account("erin", "[]");
        }
        Files.move(keys, aside);
        try (var server = start()) {
            Answer policy = server.get("", "/ledger/policy");
            assertThat(policy.status()).isEqualTo(503);
            assertThat(policy.problem()).isEqualTo("ledger-keys-missing");
            assertThat(policy.at("detail")).contains("put the key files back");
            assertThat(server.get("", "/ledger/checkpoint").status()).isEqualTo(404);
            assertThat(server.get("admin", "/api/v1/evidence").problem()).isEqualTo("not-sealed");
            Files.move(aside, keys);
            await().untilAsserted(() -> assertThat(server.get("", "/ledger/checkpoint").status()).isEqualTo(200));
            checkpoint(server);
        }
    }
}
