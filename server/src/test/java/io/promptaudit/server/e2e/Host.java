package io.promptaudit.server.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What a test needs of the machine it runs on. */
final class Host {
    private Host() {}

    /**
     * Skips the test where a command cannot be run, loudly; on a build server, where {@code CI=true}, fails instead.
     *
     * @param what the test cannot show
     */
    static void require(String what, String... command) {
        String failure = run(command);
        if (failure.isEmpty()) {
            return;
        }
        String message = "NOT TESTED: %s, because \"%s\" does not work here: %s".formatted(what, String.join(" ", command),
                failure.strip());
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail(message);
        }
        System.err.println(message);
        Assumptions.abort(message);
    }

    /** Runs a command. Gives why it failed, or an empty text. */
    static String run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            return exit == 0 ? "" : "exit code " + exit + " " + output;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
