package io.promptaudit.server.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.server.readme.Markdown.Block;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs every command of the README in order, as a reader would, and compares what each prints with what the README shows. */
class ReadmeE2E {
    private static final String PASSWORD = "only for this tour, please";
    /** How a reader starts the server; {@code .ci/run} does that. Here it is started on a free port instead. */
    private static final String START = "export PROMPTAUDIT_ADMIN_PASSWORD='" + PASSWORD + "'\nmvn spring-boot:run";
    private static final String ADDRESS = "http://127.0.0.1:8080";

    private static final String GO = "go run ";

    @TempDir
    Path folder;

    @Test
    void everyCommandDoesWhatTheReadmeSays() throws IOException {
        Path jar = Path.of(System.getProperty("promptaudit.jar"));
        // What the commands name of a clone.
        Path demo = Files.createSymbolicLink(folder.resolve("demo"), Markdown.root().resolve("demo"));
        Path packaged = Files.createSymbolicLink(
                Files.createDirectories(folder.resolve("server/target")).resolve("prompt-audit-trail.jar"), jar);
        Path docs = Files.createSymbolicLink(folder.resolve("docs"), Markdown.root().resolve("docs"));
        Path verifier = Files.createSymbolicLink(
                Files.createDirectories(folder.resolve("verify/target")).resolve("promptaudit-verify.jar"),
                Markdown.root().resolve("verify/target/promptaudit-verify.jar"));
        try (var server = new JarServer(folder, jar, PASSWORD); var terminal = new Terminal(folder)) {
            run(server, terminal);
        } finally {
            Files.delete(demo);
            Files.delete(docs);
            Files.delete(packaged);
            Files.delete(verifier);
        }
        assertThat(folder.resolve("data/trail.mv.db")).exists();
        assertThat(folder.resolve("restored/trail.mv.db")).exists();
    }

    private static void run(JarServer server, Terminal terminal) throws IOException {
        @Nullable
        String printed = null;
        boolean isStarted = false;
        boolean skips = false;
        for (Block block : Markdown.of("README.md").blocks()) {
            switch (block.kind()) {
                case "sh" -> {
                    assertThat(printed).as("what the commands before line %d print is not shown", block.line()).isNull();
                    if (block.text().equals(START)) {
                        isStarted = true;
                    } else if (block.text().contains(GO) && !hasGo()) {
                        System.err.printf("SKIPPED: line %d of the README needs Go and golang.org/x/mod%n", block.line());
                        skips = true;
                    } else {
                        printed = terminal.run(block.text().replace(ADDRESS, server.address()));
                    }
                }
                case "json", "text" -> {
                    if (skips) {
                        skips = false;
                        continue;
                    }
                    requireMatch(block, printed);
                    printed = null;
                }
                case "mermaid" -> assertThat(block.text()).startsWith("flowchart");
                default -> throw new AssertionError("what is the block at line %d?".formatted(block.line()));
            }
        }
        assertThat(isStarted).as("the README starts the server").isTrue();
        assertThat(printed).as("what the last commands print is shown").isNull();
    }

    /** In CI, every part must be there. */
    private static boolean hasGo() {
        boolean isInstalled = Files.isDirectory(Path.of("/usr/share/gocode/src/golang.org/x/mod/sumdb"))
                && Files.isExecutable(Path.of("/usr/bin/go"));
        return isInstalled || System.getenv("CI") != null;
    }

    private static void requireMatch(Block block, @Nullable String printed) {
        if (printed == null) {
            throw new AssertionError("the block at line %d follows no commands".formatted(block.line()));
        }
        boolean matches = block.kind().equals("json")
                ? Template.matchesJson(block.text(), printed)
                : Template.matchesText(block.text(), printed);
        assertThat(matches).as("line %d of the README shows%n%s%nand this was printed:%n%s", block.line(), block.text(), printed)
                .isTrue();
    }
}
