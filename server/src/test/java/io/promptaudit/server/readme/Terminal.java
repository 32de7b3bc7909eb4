package io.promptaudit.server.readme;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One shell in which blocks run one after the other, so that variables and functions stay, as for a reader who copies them. */
final class Terminal implements AutoCloseable {
    /** Only so that a command that hangs fails its test instead of the whole build. */
    private static final int PATIENCE_MINUTES = 10;

    private final Path folder;
    private final Process shell;
    private final Writer in;
    private final BufferedReader out;

    Terminal(Path folder) throws IOException {
        this.folder = folder;
        var builder = new ProcessBuilder("bash", "--noprofile", "--norc").directory(folder.toFile()).redirectErrorStream(true);
        // The README asks for a java of the version that runs this test.
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        builder.environment().merge("PATH", java, (path, first) -> first + File.pathSeparator + path);
        shell = builder.start();
        in = shell.outputWriter();
        out = shell.inputReader();
        CompletableFuture.delayedExecutor(PATIENCE_MINUTES, TimeUnit.MINUTES).execute(shell::destroyForcibly);
    }

    /** What the commands print; fails when the last of them fails. */
    String run(String commands) throws IOException {
        Path script = Files.writeString(Files.createTempFile(folder, "block", ".sh"), commands + "\n");
        String end = "end-" + UUID.randomUUID();
        in.write(". %s < /dev/null; echo \"%s $?\"\n".formatted(script, end));
        in.flush();
        var printed = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            // What was printed last may not end its line.
            int at = line.indexOf(end);
            if (at >= 0) {
                printed.append(line, 0, at);
                if (line.endsWith(" 0")) {
                    return printed.toString();
                }
                break;
            }
            printed.append(line).append('\n');
        }
        throw new AssertionError("this failed:\n" + commands + "\nand printed:\n" + printed);
    }

    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
