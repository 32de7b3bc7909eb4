package io.promptaudit.server.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code kill -9} at each step of sealing and at any moment, again and again over the same ledger. No size gets two signed roots,
 * and no receipt that was answered with becomes void.
 */
class SealingCrashIT {
    private static final long SEED = Long.getLong("promptaudit.seed", System.nanoTime());
    private static final int CRASHES = Integer.getInteger("promptaudit.seal-crashes", 3);
    private static final int MOST_TIMES = 12;
    private static final int MOST_MILLISECONDS_TO_START = 2500;
    private static final int MOST_MILLISECONDS = 1000;

    private final Random random = new Random(SEED);
    private final Heard heard = new Heard();
    @TempDir
    private Path folder;

    @Test
    void noCrashForksTheLedgerOrVoidsAReceipt() throws IOException, InterruptedException {
        System.out.printf("%d crashes besides every step, with the seed %d (-Dpromptaudit.seed)%n", CRASHES, SEED);
        for (SealingStep step : Arrays.stream(SealingStep.values()).filter(SealingStep::isInBeginning).toList()) {
            crashAt(step, 1);
        }
        for (SealingStep step : SealingStep.values()) {
            crashAt(step, 2 + random.nextInt(MOST_TIMES));
        }
        for (int crash = 0; crash < CRASHES; crash++) {
            crashAtRandom(crash);
        }
        assertThat(heard.answers()).as("receipts").hasSizeGreaterThan(SealingStep.values().length);
    }

    private void crashAt(SealingStep step, int times) throws IOException, InterruptedException {
        try (var life = new SealerLife(folder, List.of(step.name(), Integer.toString(times)))) {
            life.awaitStep();
            checkAfter("%s, time %d, seed %d".formatted(step, times, SEED), life);
        }
    }

    /** Sometimes while it starts. */
    private void crashAtRandom(int crash) throws IOException, InterruptedException {
        try (var life = new SealerLife(folder, List.of())) {
            boolean isAtStart = random.nextInt(4) == 0;
            if (!isAtStart) {
                life.awaitReady();
            }
            Thread.sleep(random.nextInt(isAtStart ? MOST_MILLISECONDS_TO_START : MOST_MILLISECONDS));
            checkAfter("crash %d, seed %d".formatted(crash, SEED), life);
        }
    }

    private void checkAfter(String when, SealerLife life) throws IOException {
        try {
            heard.add(life.kill());
            try (var left = new LeftLedger(folder)) {
                left.check(heard);
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("after " + when, e);
        }
    }
}
