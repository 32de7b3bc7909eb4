package io.promptaudit.server.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * How a server is to be started: by default the packaged jar, on a free port of the loopback address.
 *
 * @param data its data folder
 * @param wrapper the command that runs it, such as a tracer; empty for none
 * @param jvm options of its JVM
 * @param main a main class on this JVM's class path to run instead of the jar, or null
 * @param options the server's own options
 */
record Launch(Path data, List<String> wrapper, List<String> jvm, @Nullable Class<?> main, List<String> options) {
    private static final String MEMORY = "-Xmx256m";
    /** Most lives here are too short for code to be compiled well. */
    private static final String COMPILED_QUICKLY = "-XX:TieredStopAtLevel=1";
    private static final String COMPILED_WELL = "-XX:TieredStopAtLevel=4";

    /** The packaged jar with little memory. */
    static Launch of(Path data) {
        return new Launch(data, List.of(), List.of(MEMORY, COMPILED_QUICKLY), null, List.of());
    }

    Launch under(String... command) {
        return new Launch(data, List.of(command), jvm, main, options);
    }

    Launch jvm(String... more) {
        return new Launch(data, wrapper, joined(jvm, more), main, options);
    }

    /** For one that has much to do. */
    Launch forLong() {
        return jvm(COMPILED_WELL);
    }

    Launch instead(Class<?> otherMain) {
        return new Launch(data, wrapper, jvm, otherMain, options);
    }

    Launch with(String... more) {
        return new Launch(data, wrapper, jvm, main, joined(options, more));
    }

    /** Starts the server and waits until it answers. */
    ServerProcess start() {
        ServerProcess server = spawn();
        try {
            server.awaitReady();
            return server;
        } catch (RuntimeException | Error failed) {
            server.close();
            throw failed;
        }
    }

    /** Starts the process and waits for nothing. */
    ServerProcess spawn() {
        var builder = new ProcessBuilder(command()).redirectErrorStream(true);
        builder.environment().put("PROMPTAUDIT_ADMIN_PASSWORD", Api.PASSWORD);
        try {
            return new ServerProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command() {
        var command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        if (main == null) {
            command.addAll(List.of("-jar", jar()));
        } else {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        }
        command.addAll(List.of("--promptaudit.data-dir=" + data, "--server.port=0"));
        command.addAll(options);
        return command;
    }

    private static String jar() {
        String jar = System.getProperty("promptaudit.jar");
        if (jar == null || !new File(jar).isFile()) {
            throw new IllegalStateException("the system property promptaudit.jar names no file: " + jar);
        }
        return jar;
    }

    private static List<String> joined(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }
}
