package io.promptaudit.server.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.note.SignatureType;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.note.VerifierKey;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Keys that somebody else makes and keeps: in a key store by the JDK's keytool, and behind OpenSSL, which alone has them. */
class ForeignKeysIT {
    private static final String NAME = "trail.example.org/prompts";
    private static final String PASSWORD = "only for this test";

    @TempDir
    Path folder;

    private static String run(Path folder, String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
            try (InputStream out = process.getInputStream()) {
                String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor()).as(said).isZero();
                return said;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path makeKey(String alias, String algorithm) throws IOException {
        run(folder, Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", alias,
                "-keyalg",
                algorithm, "-dname", "CN=ledger", "-storetype", "PKCS12", "-keystore", "ledger.p12", "-storepass", PASSWORD);
        Path store = folder.resolve("ledger.p12");
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));
        return store;
    }

    private TestServer start(String... options) {
        var all = new ArrayList<>(List.of("--promptaudit.ledger.name=" + NAME));
        all.addAll(List.of(options));
        return new TestServer(folder.resolve("data"), all.toArray(String[]::new));
    }

    private static SignedNote checkpoint(TestServer server) {
        return SignedNote.parse(server.get("admin", "/ledger/checkpoint").text().getBytes(StandardCharsets.UTF_8));
    }

    private static TrustPolicy policy(TestServer server) {
        return TrustPolicy.parse(server.get("admin", "/ledger/policy").text().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aKeyStoreSigns() throws IOException {
        Path store = makeKey("ledger-1.1-ed25519", "Ed25519");
        makeKey("ledger-1.1-ml-dsa-44", "ML-DSA-44");
        try (var server = start("--promptaudit.ledger.key-store=" + store,
                "--promptaudit.ledger.key-store-password=" + PASSWORD)) {
            server.account("erin", "[]");
            assertThat(policy(server).verify(checkpoint(server)).logKeys()).hasSize(2);
            assertThat(Checkpoint.parse(checkpoint(server).text()).origin()).isEqualTo(NAME + "/epoch-1");

            Answer tooEarly = server.post("admin", "/api/v1/ledger/key-rotations", "{\"reason\":\"r\"}");
            assertThat(tooEarly.status()).isEqualTo(503);
            assertThat(tooEarly.at("detail")).contains("ledger-1.2-ed25519").contains("nothing changed");
            makeKey("ledger-1.2-ed25519", "Ed25519");
            assertThat(server.post("admin", "/api/v1/ledger/key-rotations", "{\"reason\":\"r\"}").status()).isEqualTo(201);
            assertThat(policy(server).verify(checkpoint(server)).logKeys()).hasSize(3);
        }
        assertThat(folder.resolve("data/keys")).isDirectoryNotContaining("glob:**ledger*");
    }

    @Test
    void aKeyStoreThatOthersMayReadIsNotUsed() throws IOException {
        Path store = makeKey("ledger-1.1-ed25519", "Ed25519");
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-r--r--"));
        org.assertj.core.api.Assertions.assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> start("--promptaudit.ledger.key-store=" + store,
                        "--promptaudit.ledger.key-store-password=" + PASSWORD))
                .havingRootCause().withMessageContaining("others may read");
    }

    @Test
    void aProgramSigns() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "OpenSSL is not installed: no program signs here");
        run(folder, "openssl", "genpkey", "-algorithm", "ed25519", "-out", "secret.pem");
        run(folder, "openssl", "pkey", "-in", "secret.pem", "-pubout", "-outform", "DER", "-out", "public.der");
        Path program = folder.resolve("signer.sh");
        Files.writeString(program, """
                #!/bin/sh
                cd "$(dirname "$0")" || exit 1
                test -e broken && exit 3
                if [ "$1" = keys ]; then cat key; exit; fi
                cat > message
                openssl pkeyutl -sign -rawin -inkey secret.pem -in message | base64 -w 0
                """);
        Files.writeString(folder.resolve("key"), vkey(Files.readAllBytes(folder.resolve("public.der"))) + "\n");
        try (var server = start("--promptaudit.ledger.signer=/bin/sh," + program)) {
            server.account("erin", "[]");
            assertThat(policy(server).verify(checkpoint(server)).logKeys()).hasSize(1);

            Files.writeString(folder.resolve("broken"), "");
            server.post("admin", "/api/v1/accounts/erin/lock", "{\"reason\":\"r\"}", "Prefer", "respond-async");
            org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(
                    server.post("admin", "/api/v1/accounts/erin/unlock", "{\"reason\":\"r\"}").at("detail"))
                    .contains("signing program failed"));
            assertThat(server.get("admin", "/actuator/health").status()).isEqualTo(503);
            Files.delete(folder.resolve("broken"));
            org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(
                    server.post("admin", "/api/v1/accounts/erin/unlock", "{\"reason\":\"r\"}").status()).isEqualTo(201));
            policy(server).verify(checkpoint(server));
        }
    }

    private static VerifierKey vkey(byte[] der) throws Exception {
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
        assertThat(HexFormat.of().formatHex(der)).startsWith("302a300506032b6570032100");
        return new VerifierKey(NAME + "/epoch-1", SignatureType.ED25519, Bytes.of(Arrays.copyOfRange(der, 12, 44)));
    }
}
