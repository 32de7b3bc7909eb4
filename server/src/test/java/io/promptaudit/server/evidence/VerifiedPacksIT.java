package io.promptaudit.server.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.server.evidence.Programs.Ended;
import io.promptaudit.server.trail.TestServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Packs are verified by the auditor's program, and by following the page that comes with them. */
class VerifiedPacksIT {
    private static final String PROMPT = "/api/v1/prompts/clinical%2Fintake/evidence";
    private static final String TRAIL = "/api/v1/evidence";
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    static Path folder;
    private static TestServer server;
    private static Path policy;
    @TempDir
    Path unpacked;

    @BeforeAll
    static void start() throws IOException {
        server = new TestServer(folder);
        EvidenceTrail.in(server);
        policy = Files.write(folder.resolve("policy-of-the-auditor"), server.fetch("", "/ledger/policy").body());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {PROMPT, TRAIL, "/api/v1/prompts/clinical%2Fchat/evidence", "/api/v1/prompts/community%2Fimported/evidence",
                    TRAIL + "?from=2020-01-01T00:00:00Z&to=2999-01-01T00:00:00Z", TRAIL + "?to=2020-01-01T00:00:00Z"})
    void areGoodForTheAuditorsProgram(String path) throws IOException {
        FetchedPack pack = FetchedPack.of(server, "aude", path);
        Ended zip = Programs.verify(Files.write(unpacked.resolve("pack.zip"), pack.answer().body()), policy);
        assertThat(zip.printed()).contains("GOOD");
        assertThat(zip.code()).as(zip.printed()).isZero();
        Ended files = Programs.verify(pack.unpackTo(unpacked.resolve("files")), policy);
        assertThat(files.code()).as(files.printed()).isZero();
    }

    /** Cut anywhere: prompts, environments and accounts are in the middle of their histories. */
    @Test
    void ofEveryPeriodAreGoodForTheAuditorsProgram() throws IOException {
        List<String> times = FetchedPack.of(server, "aude", TRAIL).events().stream()
                .map(event -> event.path("recordedAt").asString())
                .toList();
        for (int cut = 5; cut < times.size(); cut += 9) {
            for (String question : List.of(TRAIL + "?from=" + times.get(cut), TRAIL + "?to=" + times.get(cut),
                    TRAIL + "?from=" + times.get(cut - 5) + "&to=" + times.get(cut))) {
                Path pack = Files.write(unpacked.resolve("pack.zip"), FetchedPack.of(server, "aude", question).answer().body());
                Ended ended = Programs.verify(pack, policy);
                assertThat(ended.code()).as(question + ended.printed()).isZero();
            }
        }
    }

    /** Who made the accounts that acted, and never acted on the prompt. */
    @Test
    void tellOfEveryAdminBehindWhoActed(@TempDir Path another) throws IOException {
        try (var fresh = new TestServer(another)) {
            fresh.account("axel", "[{\"role\":\"admin\"}]");
            assertThat(fresh.post("axel", "/api/v1/accounts",
                    """
                            {"id":"wanda","displayName":"W","kind":"person","password":"%s","grants":[{"role":"editor","prompts":"**"}]}"""
                            .formatted(TestServer.PASSWORD))
                    .status()).isEqualTo(201);
            assertThat(fresh.post("wanda", "/api/v1/prompts", """
                    {"name":"clinical/intake","title":"T","type":"text","content":"Text","note":"n"}""").status()).isEqualTo(201);
            FetchedPack pack = FetchedPack.of(fresh, "admin", PROMPT);
            assertThat(pack.events()).extracting(event -> event.path("aggregate").asString())
                    .contains("account:wanda", "account:axel", "account:admin");
            Path keys = Files.write(unpacked.resolve("keys"), fresh.fetch("", "/ledger/policy").body());
            Ended ended = Programs.verify(Files.write(unpacked.resolve("pack.zip"), pack.answer().body()), keys);
            assertThat(ended.code()).as(ended.printed()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"events.ndjson", "checkpoint", "completeness.json", "report.html", "MANIFEST.sha256"})
    void withOneByteChangedAreNot(String member) throws IOException {
        FetchedPack.of(server, "aude", PROMPT).unpackTo(unpacked);
        byte[] bytes = Files.readAllBytes(unpacked.resolve(member));
        bytes[bytes.length / 2] ^= 1;
        Files.write(unpacked.resolve(member), bytes);
        Ended ended = Programs.verify(unpacked, policy);
        assertThat(ended.code()).as(ended.printed()).isEqualTo(1);
    }

    /** Tessera's fsck and torchwood's spicy are written in Go and fetched when they are run: the page names them, and no test runs them. */
    @ParameterizedTest
    @ValueSource(strings = {PROMPT, TRAIL})
    void areGoodForSha256sumOpensslAndPython(String path) throws IOException {
        FetchedPack.of(server, "aude", path).unpackTo(unpacked);
        for (MatchResult block : BLOCK.matcher(page()).results().toList()) {
            switch (block.group(1)) {
                case "sh" -> {
                    String commands = block.group(2).replace("policy=policy", "");
                    Ended ended = sh(commands);
                    assertThat(ended.code()).as(commands + ended.printed()).isZero();
                    if (commands.contains("openssl pkeyutl")) {
                        assertThat(ended.printed()).contains("Signature Verified Successfully");
                    } else if (commands.contains("check.py")) {
                        assertThat(ended.printed()).contains("events are what the ledger committed to");
                    }
                }
                case "python" -> Files.writeString(unpacked.resolve("check.py"), block.group(2));
                case "console" ->
                    assertThat(block.group(2)).containsAnyOf("transparency-dev/tessera/cmd/fsck", "torchwood/cmd/spicy",
                            "promptaudit-verify.jar");
                default -> throw new AssertionError("what is a block of " + block.group(1));
            }
        }
        assertThat(Files.readString(unpacked.resolve("log.pub"))).isEqualTo(firstKey());
    }

    private static String firstKey() throws IOException {
        return Files.readAllLines(policy).getFirst().replaceFirst("^log ", "");
    }

    private Ended sh(String commands) {
        return Programs.run(unpacked, "sh", "-e", "-c", "policy='" + policy + "'\n" + commands);
    }

    private String page() throws IOException {
        return Files.readString(unpacked.resolve("HOW-TO-VERIFY.md"));
    }

    @Test
    void onceChangedAreBadForOpensslAndPython() throws IOException {
        FetchedPack pack = FetchedPack.of(server, "aude", PROMPT);
        pack.unpackTo(unpacked);
        List<String> blocks = BLOCK.matcher(page()).results().map(block -> block.group(2)).toList();
        String openssl = blocks.stream().filter(block -> block.contains("openssl pkeyutl")).findFirst().orElseThrow();
        Files.writeString(unpacked.resolve("check.py"), blocks.stream().filter(block -> block.startsWith("import")).findFirst()
                .orElseThrow());
        Files.writeString(unpacked.resolve("checkpoint"), pack.text("checkpoint").replaceFirst("\n[0-9]+\n", "\n9\n"));
        assertThat(sh(openssl).code()).isNotZero();

        pack.unpackTo(unpacked);
        assertThat(sh(openssl).code()).isZero();
        assertThat(sh("python3 check.py").code()).isZero();
        String id = pack.members().keySet().stream().filter(name -> name.startsWith("receipts/")).findFirst().orElseThrow()
                .replaceAll("receipts/|\\.tlog-proof", "");
        assertThat(sh("python3 check.py " + id).code()).isZero();
        assertThat(Files.readString(unpacked.resolve("entry"))).contains(id);
        assertThat("c2sp.org/tlog-proof@v1\n" + Files.readString(unpacked.resolve("entry.spicy")))
                .isEqualTo(pack.text("receipts/" + id + ".tlog-proof"));

        Files.writeString(unpacked.resolve("events.ndjson"),
                pack.text("events.ndjson").replace("\"sequence\":\"1\"", "\"sequence\":\"2\""));
        assertThat(sh("python3 check.py").printed()).contains("is not what the ledger committed to");
        pack.unpackTo(unpacked);
        Path bundle = unpacked.resolve(pack.members().keySet().stream().filter(name -> name.startsWith("tile/entries/"))
                .findFirst().orElseThrow());
        byte[] entries = Files.readAllBytes(bundle);
        entries[entries.length - 3] ^= 1;
        Files.write(bundle, entries);
        assertThat(sh("python3 check.py").printed()).contains("the entries are not those that the checkpoint is over");
        pack.unpackTo(unpacked);
        Path receipt = unpacked.resolve("receipts/" + id + ".tlog-proof");
        List<String> lines = Files.readAllLines(receipt, StandardCharsets.UTF_8);
        Files.writeString(receipt, pack.text("receipts/" + id + ".tlog-proof").replace(lines.get(2), lines.get(3)));
        assertThat(sh("python3 check.py").code()).isNotZero();
    }
}
