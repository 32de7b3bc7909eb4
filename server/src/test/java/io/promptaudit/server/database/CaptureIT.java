package io.promptaudit.server.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.server.process.QuickStart;

import static org.assertj.core.api.Assertions.assertThat;

/** What is in the file at any moment is whole: every index agrees with its table, and no half of a transaction counts. */
class CaptureIT {
    private static final long SEED = Long.getLong("promptaudit.seed", System.nanoTime());
    private static final int KILLS = 5;
    private static final int COPIES = 40;
    private static final int CAPTURES = 200;
    private static final int HALVES = 20;
    private static final int LONGEST = 10_000;
    private static final int MOST_MILLISECONDS_BETWEEN = 20;
    private static final int MOST_MILLISECONDS = 1500;

    private final Random random = new Random(SEED);
    @TempDir
    private Path folder;

    /** The file after a capture is what a kill would leave then. Each copy is opened as a restart would open it. */
    @Test
    void everyCaptureIsWhole() throws Exception {
        System.out.println("captures with -Dpromptaudit.seed=" + SEED);
        try (var database = new Database(folder)) {
            PairWriters.define(database, folder);
            var store = database.bean(EmbeddedStore.class);
            try (var writers = PairWriters.start(database.dataSource(), 0, SEED)) {
                for (int copy = 0; copy < COPIES; copy++) {
                    Thread.sleep(random.nextInt(MOST_MILLISECONDS_BETWEEN));
                    store.capture();
                    writers.pause();
                    try {
                        assertThat(LeftFile.torn(folder)).as("copy %d, seed %d", copy, SEED).isEmpty();
                    } finally {
                        writers.goOn();
                    }
                }
            }
            assertThat(store.unasked()).as("stores that nobody asked for").isZero();
        }
    }

    /** What was rewritten leaves holes of all lengths, and new chunks are put into them: wherever the newest lies, it is found. */
    @Test
    void everyCaptureIsFoundAgain() throws Exception {
        System.out.println("captures with -Dpromptaudit.seed=" + SEED);
        try (var database = new Database(folder)) {
            PairWriters.define(database, folder);
            // H2 would leave holes alone for 45 seconds, or until it is started again.
            database.define(folder, "set retention_time 0");
            var store = database.bean(EmbeddedStore.class);
            try (var connection = database.dataSource().getConnection(); var statement = connection.createStatement()) {
                for (int capture = 0; capture < CAPTURES; capture++) {
                    int half = random.nextInt(HALVES);
                    statement.execute("delete from half where id = " + half);
                    statement.execute(
                            "insert into half (id, pair, side, place, body) values (%d, %d, 0, 0, '%s')".formatted(half, half,
                                    "00".repeat(random.nextInt(LONGEST))));
                    store.capture();
                    assertThat(LeftFile.version(folder)).as("capture %d, seed %d", capture, SEED).isEqualTo(store.version());
                }
            }
        }
    }

    /** More than H2 keeps unsaved of its own accord, in one statement. */
    @Test
    void h2NeverStoresByItself() throws Exception {
        try (var database = new Database(folder)) {
            PairWriters.define(database, folder);
            var store = database.bean(EmbeddedStore.class);
            try (var connection = database.dataSource().getConnection(); var statement = connection.createStatement()) {
                statement.execute("insert into half (pair, side, place, body) select x / 2, mod(x, 2), 0, repeat('00', 2000) "
                        + "from system_range(0, 9999)");
                store.capture();
                statement.execute("delete from half");
            }
            store.capture();
            assertThat(store.unasked()).as("stores that nobody asked for").isZero();
        }
    }

    /** At SIGTERM all hooks of the process run at once: one of H2's would store while the last statements write. */
    @Test
    void h2StoresNothingAtTheEndOfTheProcess() throws Exception {
        Process process = process(List.of("-cp", System.getProperty("java.class.path"), EndedWriter.class.getName()),
                folder.toString());
        String left;
        try (BufferedReader output = process.inputReader()) {
            left = output.lines().filter(line -> line.startsWith(EndedWriter.LEFT)).findFirst().orElseThrow();
        }
        assertThat(process.waitFor()).isZero();
        assertThat(EndedWriter.LEFT + LeftFile.digest(folder)).isEqualTo(left);
    }

    @Test
    void whatAKillLeavesIsWhole() throws Exception {
        System.out.println("kills with -Dpromptaudit.seed=" + SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = process(QuickStart.of(KilledWriters.class, "0", "1"),
                    folder.toString(), Long.toString(kill * 1_000_000L),
                    Long.toString(random.nextLong()));
            try (BufferedReader output = process.inputReader()) {
                assertThat(output.lines().anyMatch("writing"::equals)).as("the writers started").isTrue();
                Thread.sleep(random.nextInt(MOST_MILLISECONDS));
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertThat(LeftFile.torn(folder)).as("kill %d, seed %d", kill, SEED).isEmpty();
        }
    }

    private static Process process(List<String> program, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(QuickStart.JAVA));
        command.addAll(program);
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
