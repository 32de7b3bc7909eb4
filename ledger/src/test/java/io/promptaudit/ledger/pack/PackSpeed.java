package io.promptaudit.ledger.pack;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.ledger.release.Story;
import io.promptaudit.ledger.verification.LeafCheck;
import io.promptaudit.ledger.verification.LedgerVerification;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Tells how fast one core verifies a pack of {@code -Dpromptaudit.speed=<events>}. No test, and run only by its name. */
class PackSpeed {
    private static final int EVENTS = Integer.getInteger("promptaudit.speed", 200_000);
    private static final int ROUNDS = 4;
    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

    @TempDir
    Path root;

    @Test
    void tellsHowFastItIs() throws IOException {
        Story story = Story.begun();
        String deployment = "";
        for (int version = 1; story.lines().size() < EVENTS; version++) {
            story.write(version % 2 == 0 ? "ada" : "eve", version);
            String approval = story.approve("ben", version);
            deployment = story.deploy("dan", version, 1, version == 1 ? "" : Story.replaced(version - 1, deployment),
                    approval + " ben");
        }
        // Of a period to come, all events are there because they decide, and none needs a receipt.
        var claim = new Completeness(null, Instant.parse("2100-01-01T00:00:00Z"), null, story.lines().size(),
                story.lines().size());
        var pack = new TestPack(story.lines(), story.lines(), claim, false);
        Path zip = Files.write(root.resolve("pack.zip"), pack.zip());
        var members = new TestPack.InMemory(pack.listed());
        System.out.printf("%,d events of %,d bytes each in a line, %,d in the zip%n", claim.events(),
                requireNonNull(members.members().get(EventLine.MEMBER)).length / claim.events(),
                Files.size(zip) / claim.events());
        for (int round = 0; round < ROUNDS; round++) {
            measure("the ledger alone", claim.size(), () -> {
                var verification = new LedgerVerification(members, TestPack.LOG.policy());
                verification.verify(new LeafCheck(), (_, _) -> {});
                assertThat(verification.findings().first()).isEmpty();
            });
            measure("the pack, unpacked", claim.size(),
                    () -> assertThat(TestPack.verified(members).findings().first()).isEmpty());
            measure("the pack, as a zip", claim.size(), () -> {
                try (PackFiles files = PackFiles.of(zip)) {
                    assertThat(TestPack.verified(files).findings().first()).isEmpty();
                }
            });
        }
    }

    private static void measure(String what, long entries, Runnable verification) {
        // Of the processor, not of the clock: others may be at work on the machine.
        long started = PROCESSOR.getCurrentThreadCpuTime();
        verification.run();
        System.out.printf("%s: %,d entries a second%n", what,
                entries * 1_000_000_000L / (PROCESSOR.getCurrentThreadCpuTime() - started));
    }
}
