package io.promptaudit.server.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.promptaudit.server.process.QuickStart;

/**
 * How a server is to be started: by default the packaged jar, on a free port of the loopback address.
 *
 * @param data its data folder
 * @param wrapper the command that runs it, such as a tracer; empty for none
 * @param jvm options of its JVM
 * @param program what the JVM runs, with the options that name it
 * @param options the server's own options
 */
record Launch(Path data, List<String> wrapper, List<String> jvm, List<String> program, List<String> options) {
    private static final String MEMORY = "-Xmx256m";

    /** The packaged jar with little memory. */
    static Launch of(Path data) {
        return new Launch(data, List.of(), List.of(MEMORY), PackagedJar.quick(), List.of());
    }

    Launch under(String... command) {
        return new Launch(data, List.of(command), jvm, program, options);
    }

    Launch jvm(String... more) {
        return new Launch(data, wrapper, joined(jvm, more), program, options);
    }

    /** For one that has much to do: the jar as it is, with code compiled as well as can be. */
    Launch forLong() {
        return new Launch(data, wrapper, jvm, PackagedJar.plain(), options);
    }

    Launch instead(Class<?> otherMain) {
        return new Launch(data, wrapper, jvm, List.of("-cp", System.getProperty("java.class.path"), otherMain.getName()),
                options);
    }

    Launch with(String... more) {
        return new Launch(data, wrapper, jvm, program, joined(options, more));
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
        command.add(QuickStart.JAVA);
        command.addAll(jvm);
        command.addAll(program);
        command.addAll(List.of("--promptaudit.data-dir=" + data, "--server.port=0"));
        command.addAll(options);
        return command;
    }

    private static List<String> joined(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }
}
