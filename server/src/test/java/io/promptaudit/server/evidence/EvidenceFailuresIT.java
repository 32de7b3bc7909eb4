package io.promptaudit.server.evidence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import io.promptaudit.server.ledger.PublishedPolicy;
import io.promptaudit.server.sequence.LedgerDamaged;
import io.promptaudit.server.trail.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A pack of a trail that was changed says so, and one that breaks off does not look whole. */
class EvidenceFailuresIT {
    private static final String PROMPT = "/api/v1/prompts/p/evidence";

    @TempDir
    Path folder;

    @Test
    void aChangedEventIsShown() throws SQLException {
        try (var server = new TestServer(folder)) {
            write(server, "the original text");
            assertThat(FetchedPack.of(server, "admin", PROMPT).text("report.html")).contains("Nothing contradicts.");
        }
        asOwner("drop trigger domain_event_append_only",
                "update domain_event set payload = stringtoutf8(replace(utf8tostring(payload), 'the original text', 'the modified text'))"
                        + " where aggregate_identifier = 'prompt:p'");
        try (var server = new TestServer(folder)) {
            FetchedPack pack = FetchedPack.of(server, "admin", PROMPT);
            assertThat(pack.text("report.html")).doesNotContain("Nothing contradicts.").contains(
                    "This pack does not hold: 1 checks failed.",
                    "is not the one that its entry commits to", "the modified text");
            assertThat(FetchedPack.of(server, "admin", "/api/v1/evidence").text("report.html"))
                    .contains("This pack does not hold");
        }
    }

    @Test
    void anEventThatCannotBeReadIsNotLeftOut() throws SQLException {
        try (var server = new TestServer(folder)) {
            write(server, "text");
        }
        asOwner("drop trigger domain_event_append_only",
                "update domain_event set payload = stringtoutf8('no event') where aggregate_identifier = 'prompt:p'");
        try (var server = new TestServer(folder)) {
            FetchedPack pack = FetchedPack.of(server, "admin", "/api/v1/evidence");
            assertThat(pack.text("report.html")).contains("This pack does not hold", "This event cannot be read.");
            assertThat(pack.text("events.csv")).contains("This event cannot be read.");
            assertThat(pack.events()).anySatisfy(event -> assertThat(event.path("aggregate").asString()).isEqualTo("prompt:p"));
        }
    }

    @Test
    void aChangedLedgerIsShown() throws SQLException {
        try (var server = new TestServer(folder)) {
            write(server, "text");
        }
        asOwner("drop trigger ledger_leaf_append_only", "update ledger_leaf set entry = stringtoutf8('{}') where leaf_index = 1");
        try (var server = new TestServer(folder)) {
            assertThat(FetchedPack.of(server, "admin", "/api/v1/evidence").text("report.html")).contains(
                    "This pack does not hold: ",
                    "entry 1 is not the one that the tree was made of");
        }
    }

    private void asOwner(String... statements) throws SQLException {
        try (var owner = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("trail"), "OWNER", "");
                var statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void write(TestServer server, String content) {
        server.account("wanda", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
        assertThat(server.post("wanda", "/api/v1/prompts",
                "{\"name\":\"p\",\"type\":\"text\",\"content\":\"%s\",\"note\":\"n\"}".formatted(content)).status())
                .isEqualTo(201);
    }

    /** A policy with which no ledger can be verified: the pack fails behind its events. Without stereotype, so that nobody else finds it. */
    static class BrokenPolicy {
        @Bean
        @Primary
        PublishedPolicy brokenPolicy() {
            return new PublishedPolicy(() -> "no policy");
        }
    }

    @Test
    void whatFailsInTheMiddleBreaksTheConnectionOff() {
        try (var server = new TestServer(folder, new Class<?>[]{BrokenPolicy.class})) {
            write(server, longText());
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> server.fetch("admin", "/api/v1/evidence"));
        }
    }

    /** A ledger whose keys are gone. Without stereotype, so that nobody else finds it. */
    static class LostPolicy {
        @Bean
        @Primary
        PublishedPolicy lostPolicy() {
            return new PublishedPolicy(() -> {
                throw new LedgerDamaged("the keys are lost");
            });
        }
    }

    @Test
    void withoutAPolicyNothingIsSentButTheReason() {
        try (var server = new TestServer(folder, new Class<?>[]{LostPolicy.class})) {
            write(server, longText());
            var answer = server.get("admin", "/api/v1/evidence");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.at("detail")).isEqualTo("the keys are lost");
            assertThat(answer.headers()).doesNotContainKey("content-disposition");
        }
    }

    /** More than the buffers between hold, and nothing that could be made shorter. */
    private static String longText() {
        var text = new StringBuilder();
        new Random(1).ints(900_000, 'a', 'z').forEach(c -> text.append((char) c));
        return text.toString();
    }

    @Test
    void whatFailsAtOnceIsAProblem() throws IOException {
        try (var server = new TestServer(folder, new Class<?>[]{BrokenPolicy.class})) {
            write(server, "short");
            var answer = server.get("admin", PROMPT);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.problem()).isEqualTo("internal-error");
            assertThat(answer.headers()).doesNotContainKey("content-disposition");
            try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.text().getBytes(StandardCharsets.UTF_8)))) {
                assertThat(zip.getNextEntry()).isNull();
            }
        }
    }
}
