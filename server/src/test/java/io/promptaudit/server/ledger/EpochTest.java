package io.promptaudit.server.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.promptaudit.api.event.EpochOpened;
import io.promptaudit.api.event.LedgerKeysRotated;
import io.promptaudit.command.trail.LedgerDecisions.Decision;

import static org.assertj.core.api.Assertions.assertThat;

class EpochTest {
    private static final Origin FIRST = new Origin("example.org/trail", 1);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void originsAreReadAsTheyAreWritten() {
        assertThat(FIRST).hasToString("example.org/trail/epoch-1");
        assertThat(Origin.parse("example.org/trail/epoch-1")).isEqualTo(FIRST);
        assertThat(Origin.parse("a/epoch-2/epoch-13")).isEqualTo(new Origin("a/epoch-2", 13));
        for (String other : List.of("example.org/trail", "a/epoch-", "a/epoch-0", "a/epoch-01", "a/epoch-x", "a/epoch-1 ",
                "a/epoch-9999999999")) {
            assertThat(Origin.parse(other)).as(other).isNull();
        }
    }

    @Test
    void afterARotationOldKeysSignForAWhile() {
        Epoch epoch = Epoch.opened(FIRST).after(List.of(rotation(2, NOON)));
        assertThat(epoch.signing(NOON, DAY)).extracting(KeySet::label).containsExactly("1.2", "1.1");
        assertThat(epoch.signing(NOON.plus(DAY).minusMillis(1), DAY)).hasSize(2);
        assertThat(epoch.signing(NOON.plus(DAY), DAY)).extracting(KeySet::label).containsExactly("1.2");
        Epoch again = epoch.after(List.of(rotation(3, NOON.plusSeconds(60))));
        assertThat(again.signing(NOON.plusSeconds(60), DAY)).extracting(KeySet::label).containsExactly("1.3", "1.2", "1.1");
    }

    @Test
    void anEpochBeginsWithKeysOfItsOwn() {
        Epoch epoch = Epoch.opened(FIRST).after(List.of(rotation(2, NOON),
                new Decision(new EpochOpened(2, "example.org/trail/epoch-2", List.of(), List.of(), "r", 7, null, null), NOON)));
        assertThat(epoch.signing(NOON, DAY)).extracting(KeySet::label).containsExactly("2.1");
    }

    private static Decision rotation(int generation, Instant at) {
        return new Decision(new LedgerKeysRotated(FIRST.toString(), generation, List.of(), List.of(), "r"), at);
    }
}
