package io.promptaudit.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** The packaged program, with nothing but a JDK beside it. */
class VerifyJarE2E {
    private static final String JAR = requireNonNull(System.getProperty("promptaudit.verify.jar"));
    /** Their bundles have more bytes than the program may take memory. */
    private static final int ENTRIES = 120_000;

    @TempDir
    Path root;

    @Test
    void verifiesMoreThanItsMemoryHolds() throws Exception {
        LedgerCopy copy = new LedgerCopy(root, ENTRIES);
        assertThat(run(copy.folder.toString(), "--policy", copy.policy.toString())).startsWith("0 ").contains("GOOD",
                "120,000 of 120,000");
        copy.change("tile/entries/200", 39);
        assertThat(run(copy.folder.toString(), "--policy", copy.policy.toString())).startsWith("1 ")
                .contains("entry 51200 (event event-51200)");
    }

    @Test
    void explainsItself() throws Exception {
        assertThat(run("--help")).startsWith("0 ").contains("Usage: promptaudit-verify");
        assertThat(run("--version")).startsWith("0 promptaudit-verify ");
        assertThat(run()).startsWith("2 ");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx16m", "-jar", JAR));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + output;
    }
}
