package io.promptaudit.server.readme;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.server.readme.Markdown.Block;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs what the operations page says about TLS, with the key store that its commands make. */
class TlsE2E {
    private static final String START = "java -jar prompt-audit-trail.jar --server.address=0.0.0.0";
    private static final String ADDRESS = "https://localhost:8080";
    private static final String PASSWORD = "rain on a tin roof, twice";

    @TempDir
    Path folder;

    @Test
    void theServerSpeaksTlsAsTheOperationsPageSays() throws IOException {
        List<Block> blocks = Markdown.of("docs/operations.md").only("TLS").blocks();
        assertThat(blocks).extracting(Block::kind).startsWith("sh", "sh", "sh", "json");
        assertThat(blocks.get(1).text()).isEqualTo(START);
        try (var terminal = new Terminal(folder)) {
            terminal.run(blocks.get(0).text());
            try (var server = new JarServer(folder, Path.of(System.getProperty("promptaudit.jar")), PASSWORD)) {
                String printed = terminal.run(blocks.get(2).text().replace(ADDRESS, server.address()));
                assertThat(Template.matchesJson(blocks.get(3).text(), printed)).as(printed).isTrue();
                String answer = terminal.run("curl -sSi --cacert web.pem -u 'admin:%s' %s/api/v1/me".formatted(PASSWORD,
                        server.address()));
                assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("Strict-Transport-Security: max-age=31536000");
                String refused = terminal.run("curl -sSi --path-as-is --cacert web.pem '%s/a|b'".formatted(server.address()));
                assertThat(refused).startsWith("HTTP/1.1 400")
                        .containsIgnoringCase("Strict-Transport-Security: max-age=31536000");
            }
        }
    }
}
