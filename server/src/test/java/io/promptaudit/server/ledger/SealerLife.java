package io.promptaudit.server.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.promptaudit.server.process.QuickStart;

import static org.assertj.core.api.Assertions.assertThat;

/** One life of a {@link KilledSealer}, from its start to {@code kill -9}, and what it said. */
final class SealerLife implements AutoCloseable {
    /** Not a promise about speed: only so that a process that hangs fails its test. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Thread listener;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final List<List<String>> said = new ArrayList<>();
    private final List<String> noise = new ArrayList<>();

    /** Starts it in the folder, with more arguments of {@link KilledSealer}. */
    SealerLife(Path folder, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(QuickStart.JAVA));
        command.addAll(QuickStart.of(KilledSealer.class));
        command.add(folder.toString());
        command.addAll(arguments);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        listener = Thread.ofPlatform().start(this::listen);
    }

    private void listen() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                List<String> words = Said.words(line);
                if (words == null) {
                    noise.add(line);
                } else {
                    said.add(words);
                    switch (words.getFirst()) {
                        case KilledSealer.READY -> ready.countDown();
                        case SealingSteps.REACHED -> reached.countDown();
                        default -> {
                        }
                    }
                }
            }
        } catch (IOException e) {
            noise.add(e.toString());
        }
        ready.countDown();
        reached.countDown();
    }

    /** Waits until the writers write, or the process has ended. */
    void awaitReady() throws InterruptedException {
        assertThat(ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it starts").isTrue();
    }

    /** Waits until the step was reached, or the process has ended. */
    void awaitStep() throws InterruptedException {
        assertThat(reached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("the step is reached").isTrue();
    }

    /** {@code kill -9}. Gives everything that was said before; nothing may have failed. */
    List<List<String>> kill() {
        boolean wasAlive = process.isAlive();
        close();
        assertThat(said).as("what failed").noneMatch(words -> words.getFirst().equals(KilledSealer.FAILED));
        assertThat(wasAlive).as("it lived until it was killed: %s", noise).isTrue();
        return List.copyOf(said);
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
            listener.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
