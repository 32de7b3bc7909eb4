package io.promptaudit.server.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.promptaudit.verify.VerifyProgram;

/** Other people's programs, and ours that is not the server. */
final class Programs {
    private Programs() {}

    /** How a program ended, and what it printed. */
    record Ended(int code, String printed) {}

    /** Runs it in a folder. */
    static Ended run(Path folder, String... command) {
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Verifies a pack with the auditor's program. */
    static Ended verify(Path pack, Path policy, String... options) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), VerifyProgram.class.getName(), pack.toString(), "--policy",
                policy.toString()));
        command.addAll(List.of(options));
        return run(Path.of("."), command.toArray(String[]::new));
    }
}
