package io.promptaudit.server.readme;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The packaged server as the README starts it, but on a free port. */
final class JarServer implements AutoCloseable {
    private static final Pattern WELCOME = Pattern.compile("answers at (https?://127\\.0\\.0\\.1:\\d+)/");

    private final Process process;
    private final Thread killer;
    private final String address;

    /** Starts it in this folder, and waits until it answers. */
    JarServer(Path folder, Path jar, String password) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(java, "-jar", jar.toString(), "--server.port=0").directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("PROMPTAUDIT_ADMIN_PASSWORD", password);
        process = builder.start();
        killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        BufferedReader output = process.inputReader();
        address = awaitAddress(output);
        // Whatever it prints from now on must not fill the pipe.
        Thread.ofVirtual().start(() -> output.lines().forEach(line -> {}));
    }

    private String awaitAddress(BufferedReader output) throws IOException {
        var printed = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.append(line).append('\n');
            var welcome = WELCOME.matcher(line);
            if (welcome.find()) {
                return welcome.group(1);
            }
        }
        throw new AssertionError("the server did not start:\n" + printed);
    }

    /** Where it answers, without a path. */
    String address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(killer);
    }
}
