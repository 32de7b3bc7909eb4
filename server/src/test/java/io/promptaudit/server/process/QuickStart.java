package io.promptaudit.server.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.promptaudit.ledger.encoding.Sha256;

/**
 * Starts programs in half the time, from a cache of their classes (JEP 483) that their first run leaves: the tests start dozens, and
 * end most within seconds. One cache serves all processes that run tests.
 */
public final class QuickStart {
    /** The program that runs this process too. */
    public static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    /** A cache is good for the same options only. Most lives are too short for code to be compiled well. */
    private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final Path CACHES = Path.of("target", "quick-start").toAbsolutePath();

    private static final Map<Class<?>, List<String>> KNOWN = new ConcurrentHashMap<>();

    private QuickStart() {}

    /** Runs a program once, until it ends by itself. */
    public record Training(List<String> options, List<String> arguments) {}

    /**
     * What to start the program with, instead of its own options.
     *
     * @param name tells it from all others, and one build of it from another
     * @param program the options that say what to run, which are jars alone
     */
    public static List<String> of(String name, List<String> program, Training training) {
        Path cache = CACHES.resolve(name + ".aot");
        once(cache, () -> {
            Path draft = CACHES.resolve(name + ".draft");
            run(joined(OPTIONS, List.of("-XX:AOTCacheOutput=" + draft), training.options(), program, training.arguments()));
            Files.move(draft, cache);
        });
        return joined(OPTIONS, List.of("-XX:AOTCache=" + cache), program);
    }

    /**
     * The same for a main class of this process's class path.
     *
     * @param more arguments with which it runs for training, behind a folder of its own; the system property
     *     {@code promptaudit.ends} tells it to end then
     */
    public static List<String> of(Class<?> main, String... more) {
        return KNOWN.computeIfAbsent(main, _ -> find(main, more));
    }

    private static List<String> find(Class<?> main, String... more) {
        List<Path> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).map(Path::of)
                .map(one -> Files.isDirectory(one) ? jar(one) : one).toList();
        String path = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        try {
            return of(main.getSimpleName() + "-" + digest(jars), List.of("-cp", path, main.getName()),
                    new Training(List.of("-Dpromptaudit.ends=true"),
                            joined(List.of(CACHES.resolve("training-" + UUID.randomUUID()).toString()), List.of(more))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends this process, a little later, if it was started for training. */
    public static void endAfterTraining() {
        if (Boolean.getBoolean("promptaudit.ends")) {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            System.exit(0);
        }
    }

    private static Path jar(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(file -> !file.equals(folder)).sorted().toList();
            Path jar = CACHES.resolve(digest(all.stream().filter(Files::isRegularFile).toList()) + ".jar");
            once(jar, () -> {
                Path draft = CACHES.resolve(jar.getFileName() + ".draft");
                try (var out = new JarOutputStream(Files.newOutputStream(draft))) {
                    // Folders too: what looks for resources looks for those.
                    for (Path file : all) {
                        boolean isFolder = Files.isDirectory(file);
                        out.putNextEntry(new JarEntry(folder.relativize(file) + (isFolder ? "/" : "")));
                        if (!isFolder) {
                            Files.copy(file, out);
                        }
                    }
                }
                Files.move(draft, jar);
            });
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells builds from each other: their dates are all the same. */
    public static String digest(List<Path> files) throws IOException {
        MessageDigest digest = Sha256.digest();
        for (Path file : files) {
            digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    /** Runs a program to its end. */
    public static void run(List<String> arguments) throws IOException {
        List<String> command = joined(List.of(JAVA), arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException("%s ended with %d".formatted(command, code));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Makes something unless it is there, while no other thread or process does. */
    public static void once(Path made, Maker maker) {
        synchronized (QuickStart.class) {
            try {
                Files.createDirectories(CACHES);
                try (var channel = FileChannel.open(CACHES.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var _ = channel.lock()) {
                    if (!Files.exists(made)) {
                        maker.make();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Makes a file, under another name first. */
    @FunctionalInterface
    public interface Maker {
        /** Makes it. */
        void make() throws IOException;
    }

    @SafeVarargs
    private static List<String> joined(List<String>... parts) {
        var all = new ArrayList<String>();
        for (List<String> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }
}
