package io.promptaudit.ledger.proof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.Seeds;
import io.promptaudit.ledger.TestLog;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.InclusionProof;
import io.promptaudit.ledger.tree.Prover;
import io.promptaudit.ledger.tree.TreeHasher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReceiptTest {
    private static final int SIZE = 8;
    private static final int FORGERIES = 5_000;
    private static final String HASH = "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=";
    private static final String NOTE = "\n\no\n1\n" + HASH + "\n\n\u2014 n AAAAAAA=\n";

    private final TestLog log = new TestLog();
    private final TreeHasher hasher = new TreeHasher();
    private final List<Hash> leaves = IntStream.range(0, SIZE).mapToObj(i -> hasher.leaf(new byte[]{(byte) i})).toList();
    private final Prover prover = new Prover(this::subtree);

    private Hash subtree(int level, long index) {
        return level == 0
                ? leaves.get((int) index)
                : hasher.node(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1));
    }

    private Receipt receipt(int index, SignedNote checkpoint) {
        InclusionProof proof = prover.inclusion(index, SIZE);
        return new Receipt(null, proof.index(), proof.path(), checkpoint);
    }

    @Test
    void provesItsEntryAndNoOther() {
        Receipt receipt = receipt(5, log.cosigned(SIZE, prover.root(SIZE)));
        assertThat(receipt.verify(leaves.get(5), log.policyWithWitness()).witnesses()).hasSize(1);
        assertThatThrownBy(() -> receipt.verify(leaves.get(4), log.policyWithWitness())).isInstanceOf(VerificationFailed.class);
        Receipt alone = receipt(5, log.signed(SIZE, prover.root(SIZE)));
        assertThat(alone.verify(leaves.get(5), log.policy()).checkpoint().size()).isEqualTo(SIZE);
        assertThatThrownBy(() -> alone.verify(leaves.get(5), log.policyWithWitness())).isInstanceOf(MissingEvidence.class);
        assertThatThrownBy(() -> alone.verify(leaves.get(5), new TestLog().policy())).isInstanceOf(VerificationFailed.class);
    }

    @Test
    void isReadAsItIsWritten() {
        for (String head : List.of("index 0", "extra \nindex 0",
                "extra YWJj\nindex 18446744073709551615\n" + HASH + "\n" + HASH)) {
            String text = "c2sp.org/tlog-proof@v1\n" + head + NOTE;
            assertThat(new String(parse(text).encode(), StandardCharsets.UTF_8)).isEqualTo(text);
        }
        Receipt receipt = parse("c2sp.org/tlog-proof@v1\nextra YWJj\nindex 7\n" + HASH + NOTE);
        assertThat(receipt.extra()).isEqualTo(Bytes.of((byte) 'a', (byte) 'b', (byte) 'c'));
        assertThat(receipt.index()).isEqualTo(7);
        assertThat(receipt.path()).hasToString("[" + HASH + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2sp.org/tlog-proof@v2\nindex 0", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1\nextra YWJj",
            "c2sp.org/tlog-proof@v1\nindex 00", "c2sp.org/tlog-proof@v1\nindex -1",
            "c2sp.org/tlog-proof@v1\nindex 18446744073709551616",
            "c2sp.org/tlog-proof@v1\nindex 0\nextra YWJj", "c2sp.org/tlog-proof@v1\nextra YWJ\nindex 0",
            "c2sp.org/tlog-proof@v1\nindex 0\nindex 1", "c2sp.org/tlog-proof@v1\nindex 0\nAAAA",
            "c2sp.org/tlog-proof@v1\nindex 0\n\n" + HASH,
            "c2sp.org/tlog-proof@v1\r\nindex 0", "\nc2sp.org/tlog-proof@v1\nindex 0"})
    void isRefusedInAnyOtherForm(String head) {
        assertThatThrownBy(() -> parse(head + NOTE)).isInstanceOf(MalformedInput.class);
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        assertThatThrownBy(() -> parse("c2sp.org/tlog-proof@v1\nextra YWJj\nindex 0\n" + HASH + "\nAAAA" + NOTE))
                .hasMessage("receipt, line 5: is a hash of 3 bytes instead of 32");
        assertThatThrownBy(() -> parse("c2sp.org/tlog-proof@v1\nindex 0")).hasMessageStartingWith("receipt: has no empty line");
        assertThatThrownBy(() -> parse("c2sp.org/tlog-proof@v1\nindex 0\n" + (HASH + "\n").repeat(64) + HASH + NOTE))
                .hasMessage("receipt: has more than 64 hashes");
    }

    /** Neither the receipt nor the checkpoint in it survives any change of any byte. */
    @Test
    void isRefusedWhenForged() {
        Random random = Seeds.random();
        TrustPolicy policy = log.policyWithWitness();
        SignedNote checkpoint = log.cosigned(SIZE, prover.root(SIZE));
        int good = 0;
        for (int i = 0; i < FORGERIES; i++) {
            int index = random.nextInt(SIZE);
            byte[] genuine = receipt(index, checkpoint).encode();
            byte[] forged = forged(genuine, random);
            if (Arrays.equals(forged, genuine)) {
                good++;
            } else {
                assertThatThrownBy(() -> Receipt.parse(forged).verify(leaves.get(index), policy))
                        .as(() -> new String(forged, StandardCharsets.UTF_8))
                        .isInstanceOfAny(MalformedInput.class, VerificationFailed.class, MissingEvidence.class);
            }
        }
        assertThat(good).isLessThan(FORGERIES / 10);
    }

    private static byte[] forged(byte[] genuine, Random random) {
        int at = random.nextInt(genuine.length);
        byte[] forged = genuine.clone();
        switch (random.nextInt(5)) {
            case 0 -> forged[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> forged[at] = genuine[random.nextInt(genuine.length)];
            case 2 -> forged = Arrays.copyOf(genuine, at);
            case 3 -> {
                System.arraycopy(genuine, at + 1, forged, at, genuine.length - at - 1);
                forged = Arrays.copyOf(forged, genuine.length - 1);
            }
            default -> {
                forged = Arrays.copyOf(genuine, genuine.length + 1);
                System.arraycopy(genuine, at, forged, at + 1, genuine.length - at);
                forged[at] = genuine[random.nextInt(genuine.length)];
            }
        }
        return forged;
    }

    private static Receipt parse(String text) {
        return Receipt.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
