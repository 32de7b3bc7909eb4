package io.promptaudit.server.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.server.process.QuickStart;

/** The jar that was built. */
final class PackagedJar {
    private static @Nullable List<String> quick;

    private PackagedJar() {}

    /** Options of a JVM that runs the jar as it is. */
    static List<String> plain() {
        return List.of("-jar", file().toString());
    }

    /** Options of a JVM that runs the same program, unpacked by itself as Spring Boot has it for servers that must start quickly. */
    static synchronized List<String> quick() {
        List<String> known = quick;
        if (known == null) {
            try {
                known = prepare();
                quick = known;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return known;
    }

    private static List<String> prepare() throws IOException {
        Path jar = file();
        String digest = QuickStart.digest(List.of(jar));
        Path unpacked = jar.resolveSibling("unpacked-" + digest);
        Path program = unpacked.resolve(jar.getFileName());
        QuickStart.once(program, () -> QuickStart.run(
                List.of("-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", unpacked.toString(), "--force")));
        return QuickStart.of("server-" + digest, List.of("-jar", program.toString()),
                new QuickStart.Training(List.of("-Dspring.context.exit=onRefresh"),
                        List.of("--server.port=0", "--promptaudit.data-dir=" + unpacked.resolve("data"))));
    }

    private static Path file() {
        String file = System.getProperty("promptaudit.jar");
        if (file == null || !Files.isRegularFile(Path.of(file))) {
            throw new IllegalStateException("the system property promptaudit.jar names no file: " + file);
        }
        return Path.of(file);
    }
}
