package io.promptaudit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.springframework.util.FileSystemUtils;

/** Prints the table of speeds and their limits. What is compared is measured in turns, in one run on one machine. */
public final class Benchmarks {
    private static final List<Integer> WRITERS = List.of(1, 16, 64);
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private final Path folder;
    private final Duration duration;
    private final int rounds;

    private Benchmarks(Path folder, Duration duration, int rounds) {
        this.folder = folder;
        this.duration = duration;
        this.rounds = rounds;
    }

    /** Takes the seconds of each measurement (5) and the number of rounds (5), and the folder whose disk is measured. */
    public static void main(String[] arguments) throws IOException, ExecutionException, InterruptedException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path parent = Path.of(arguments.length > 2 ? arguments[2] : ".");
        Path folder = Files.createTempDirectory(parent, "benchmarks");
        try {
            var benchmarks = new Benchmarks(folder, Duration.ofSeconds(seconds), rounds);
            System.out.printf("%d cores, Java %s, %d rounds of %d s%n", Runtime.getRuntime().availableProcessors(),
                    Runtime.version(), rounds, seconds);
            benchmarks.writes();
            benchmarks.verifier();
            benchmarks.server();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        // Axon leaves a thread behind.
        System.exit(0);
    }

    private void writes() throws ExecutionException, InterruptedException {
        System.out.println("\n| writers | sealed, writes a second | without ledger (limit) | ratio |\n|---|---|---|---|");
        try (var limit = Trail.withoutLedger(folder.resolve("limit")); var sealed = Trail.sealed(folder.resolve("sealed"))) {
            for (int writers : WRITERS) {
                new Load(writers, WARM_UP).run(limit::write);
                new Load(writers, WARM_UP).run(sealed::write);
                var load = new Load(writers, duration);
                var limits = new ArrayList<Double>();
                var seals = new ArrayList<Double>();
                var ratios = new ArrayList<Double>();
                for (int round = 0; round < rounds; round++) {
                    boolean isLimitFirst = round % 2 == 0;
                    double first = load.run(isLimitFirst ? limit::write : sealed::write);
                    double second = load.run(isLimitFirst ? sealed::write : limit::write);
                    limits.add(isLimitFirst ? first : second);
                    seals.add(isLimitFirst ? second : first);
                    ratios.add(seals.getLast() / limits.getLast());
                }
                System.out.printf("| %d | %s | %s | %s |%n", writers, Spread.of(seals).text(0), Spread.of(limits).text(0),
                        Spread.of(ratios).text(2));
            }
        }
    }

    private void verifier() {
        var speed = new VerifierSpeed();
        speed.run();
        var speeds = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            speeds.add(speed.run());
        }
        System.out.printf("%nVerifier, entries a second and core: %s%n", Spread.of(speeds).text(0));
    }

    private void server() throws ExecutionException, InterruptedException {
        System.out.println("\n| clients | sealed writes a second over HTTP |\n|---|---|");
        try (var server = new ServerSpeed(folder.resolve("server"))) {
            for (int clients : WRITERS) {
                new Load(clients, WARM_UP).run(server::write);
                var speeds = new ArrayList<Double>();
                for (int round = 0; round < rounds; round++) {
                    speeds.add(new Load(clients, duration).run(server::write));
                }
                System.out.printf("| %d | %s |%n", clients, Spread.of(speeds).text(0));
            }
        }
    }
}
