package io.promptaudit.server.witness;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.note.NoteSignature;
import io.promptaudit.ledger.note.SignedNote;

import static org.assertj.core.api.Assertions.assertThat;

/** When a quorum is reached, when another checkpoint may be sent, and since when a quorum is due. */
class CosigningTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration AGAIN = Duration.ofHours(1);

    private final GrowingLog log = new GrowingLog("log.example/ledger/epoch-1");
    private final Cosigning cosigning = new Cosigning(2, AGAIN);

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }

    private static NoteSignature by(String witness) {
        return new NoteSignature(witness, 1, Bytes.of((byte) 1));
    }

    private SignedNote sealed(long size, int second) {
        SignedNote note = log.checkpoint(size);
        cosigning.sealed(note, at(second));
        return note;
    }

    @Test
    void noOtherCheckpointIsSentWhileEnoughMayStillAnswer() {
        SignedNote first = sealed(3, 0);
        cosigning.begin(first, 3, at(0));
        sealed(4, 1);
        assertThat(cosigning.isOpen()).isTrue();
        cosigning.answered(first, "a", by("a"), at(2));
        cosigning.answered(first, "b", null, at(2));
        assertThat(cosigning.isOpen()).isTrue();
        assertThat(cosigning.witnessed()).isEmpty();
        cosigning.answered(first, "c", by("c"), at(3));
        assertThat(cosigning.isOpen()).isFalse();
        assertThat(cosigning.witnessed()).hasValueSatisfying(note -> assertThat(note.text()).isEqualTo(first.text()));
    }

    @Test
    void whoIsSlowHoldsUpNobodyOnceThereAreEnough() {
        SignedNote first = sealed(3, 0);
        cosigning.begin(first, 3, at(0));
        cosigning.answered(first, "a", by("a"), at(1));
        cosigning.answered(first, "b", by("b"), at(1));
        assertThat(cosigning.isOpen()).isFalse();
        SignedNote second = sealed(4, 2);
        cosigning.begin(second, 2, at(2));
        cosigning.answered(first, "c", by("c"), at(3));
        assertThat(cosigning.cosigned(first).signatures()).hasSize(4);
        cosigning.answered(second, "a", by("a"), at(4));
        assertThat(cosigning.cosigned(second).signatures()).as("not yet enough, and given all the same").hasSize(2);
        assertThat(cosigning.witnessed().map(Cosigning::size)).hasValue(3L);
        cosigning.answered(second, "b", by("b"), at(5));
        assertThat(cosigning.witnessed().map(Cosigning::size)).hasValue(4L);
    }

    @Test
    void aQuorumIsOfOneCheckpoint() {
        SignedNote first = sealed(3, 0);
        cosigning.begin(first, 1, at(0));
        cosigning.answered(first, "a", by("a"), at(1));
        SignedNote second = sealed(4, 2);
        cosigning.begin(second, 1, at(2));
        cosigning.answered(second, "b", by("b"), at(3));
        assertThat(cosigning.witnessed()).isEmpty();
    }

    @Test
    void isDueFromWhatIsNewerAndAnHourAfterTheLast() {
        assertThat(cosigning.dueSince()).isNull();
        SignedNote first = sealed(3, 10);
        assertThat(cosigning.dueSince()).isEqualTo(at(10));
        cosigning.begin(first, 2, at(11));
        sealed(4, 12);
        cosigning.answered(first, "a", by("a"), at(13));
        cosigning.answered(first, "b", by("b"), at(14));
        assertThat(cosigning.dueSince()).as("what came while they were asked").isEqualTo(at(11));
        SignedNote second = log.checkpoint(4);
        cosigning.begin(second, 2, at(15));
        cosigning.answered(second, "a", by("a"), at(16));
        cosigning.answered(second, "b", by("b"), at(17));
        assertThat(cosigning.dueSince()).isEqualTo(at(16).plus(AGAIN));
        sealed(4, 20);
        assertThat(cosigning.dueSince()).as("the same tree, signed again").isEqualTo(at(16).plus(AGAIN));
        sealed(5, 30);
        assertThat(cosigning.dueSince()).isEqualTo(at(30));
    }
}
