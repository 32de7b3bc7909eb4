package io.promptaudit.ledger.tree;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.Seeds;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.encoding.Base64Text;
import io.promptaudit.ledger.encoding.Decimal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Proofs, against published probes, the definition and forgers. */
class ProofTest {
    private static final int LEAVES = 70;
    private static final int FORGERIES = 10_000;

    private final Random random = Seeds.random();
    private final List<byte[]> entries = Stream.generate(() -> Seeds.bytes(random, random.nextInt(80))).limit(LEAVES).toList();
    private final TreeHasher hasher = new TreeHasher();
    private final Prover prover = new Prover((level, index) -> NaiveTree.root(entries.subList((int) index << level,
            (int) (index + 1) << level)));

    @Test
    void ofInclusionAreJudgedAsTheProbesExpect() {
        List<String[]> probes = probes("inclusion.tsv");
        assertThat(probes).hasSize(98);
        for (String[] probe : probes) {
            assertJudged(probe, () -> new InclusionProof(Decimal.parse(probe[1], "leafIdx"), Decimal.parse(probe[2], "treeSize"),
                    path(probe[5])).verify(Hash.ofBase64(probe[3], "leafHash"), Hash.ofBase64(probe[4], "root")));
        }
    }

    @Test
    void ofConsistencyAreJudgedAsTheProbesExpect() {
        List<String[]> probes = probes("consistency.tsv");
        assertThat(probes).hasSize(98);
        for (String[] probe : probes) {
            assertJudged(probe, () -> new ConsistencyProof(Decimal.parse(probe[1], "size1"), Decimal.parse(probe[2], "size2"),
                    path(probe[5])).verify(root(probe[3]), root(probe[4])));
        }
    }

    private static void assertJudged(String[] probe, Runnable verification) {
        if (probe[6].equals("accepted")) {
            assertThatCode(verification::run).as(probe[0]).doesNotThrowAnyException();
        } else {
            assertRefused(probe[0], verification);
        }
    }

    private static List<Hash> path(String joined) {
        List<String> hashes = List.of(joined.split(",", -1));
        return hashes.subList(0, hashes.size() - 1).stream().map(hash -> Hash.ofBase64(hash, "proof")).toList();
    }

    /** The reference compares roots of any length; here the hashes of those of another length stand for them. */
    private static Hash root(String base64) {
        byte[] bytes = Base64Text.decode(base64, "hash");
        return bytes.length == Hash.LENGTH ? Hash.of(bytes) : NaiveTree.sha256(bytes);
    }

    private static List<String[]> probes(String file) {
        try (InputStream probes = requireNonNull(ProofTest.class.getResourceAsStream(file))) {
            return new String(probes.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void areThoseOfTheDefinitionAndHold() {
        for (int size = 1; size <= LEAVES; size++) {
            List<byte[]> tree = entries.subList(0, size);
            Hash root = NaiveTree.root(tree);
            assertThat(prover.root(size)).isEqualTo(root);
            assertThat(prover.range(size).root()).isEqualTo(root);
            for (int other = 1; other <= size; other++) {
                InclusionProof inclusion = prover.inclusion(other - 1, size);
                assertThat(inclusion.path()).as("leaf %d of %d", other - 1, size).isEqualTo(NaiveTree.path(other - 1, tree));
                inclusion.verify(hasher.leaf(entries.get(other - 1)), root);
                ConsistencyProof consistency = prover.consistency(other, size);
                assertThat(consistency.path()).as("%d to %d", other, size).isEqualTo(NaiveTree.proof(other, tree));
                consistency.verify(NaiveTree.root(tree.subList(0, other)), root);
            }
        }
    }

    @Test
    void areNotMadeOfWhatIsNotThere() {
        assertThatThrownBy(() -> prover.inclusion(5, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prover.inclusion(-1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prover.consistency(0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prover.consistency(6, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prover.root(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofTreesBeyondSignedNumbersHold() {
        // Only the last leaf hangs right of a complete subtree of 2^63 leaves.
        Hash left = hasher.leaf(new byte[]{1});
        Hash leaf = hasher.leaf(new byte[]{2});
        Hash root = hasher.node(left, leaf);
        long index = 1L << 63;
        new InclusionProof(index, index + 1, List.of(left)).verify(leaf, root);
        new ConsistencyProof(index, index + 1, List.of(leaf)).verify(left, root);
        assertRefused("index past the end", () -> new InclusionProof(index + 1, index + 1, List.of(left)).verify(leaf, root));
        assertRefused("backwards", () -> new ConsistencyProof(index + 1, index, List.of(leaf)).verify(left, root));
        assertRefused("too long", () -> new InclusionProof(index, index + 1, List.of(left, left)).verify(leaf, root));
    }

    @Test
    void haveExactlyTheLengthThatTheirSizesDemand() {
        Hash leaf = hasher.leaf(entries.get(3));
        Hash root = prover.root(7);
        List<Hash> inclusion = prover.inclusion(3, 7).path();
        List<Hash> consistency = prover.consistency(3, 7).path();
        assertThatThrownBy(() -> new InclusionProof(3, 7, inclusion.subList(0, 2)).verify(leaf, root))
                .hasMessage("the inclusion proof is too short");
        assertThatThrownBy(() -> new InclusionProof(3, 7, twice(inclusion)).verify(leaf, root))
                .hasMessage("the inclusion proof is too long");
        for (List<Hash> path : List.of(List.<Hash>of(), consistency.subList(0, 3), twice(consistency))) {
            assertThatThrownBy(() -> new ConsistencyProof(3, 7, path).verify(prover.root(3), root))
                    .hasMessage("the consistency proof does not have the length that its sizes demand");
        }
        assertThatThrownBy(() -> new ConsistencyProof(7, 7, List.of(root)).verify(root, root))
                .hasMessage("the consistency proof does not have the length that its sizes demand");
    }

    private static List<Hash> twice(List<Hash> path) {
        return Stream.concat(path.stream(), path.stream()).toList();
    }

    @Test
    void ofInclusionAreRefusedWhenForged() {
        for (int i = 0; i < FORGERIES; i++) {
            int size = 1 + random.nextInt(LEAVES);
            InclusionProof proof = prover.inclusion(random.nextInt(size), size);
            Hash leaf = hasher.leaf(entries.get((int) proof.index()));
            Hash root = prover.root(size);
            switch (random.nextInt(size == 1 ? 4 : 5)) {
                case 0 -> assertRefused(proof, () -> proof.verify(flipped(leaf), root));
                case 1 -> assertRefused(proof, () -> proof.verify(leaf, flipped(root)));
                case 2 -> assertRefused(proof, () -> new InclusionProof(proof.index(), proof.size(), extended(proof.path()))
                        .verify(leaf, root));
                case 3 -> {
                    long index = random.nextInt(2 * size);
                    if (index != proof.index()) {
                        assertRefused(proof, () -> new InclusionProof(index, size, proof.path()).verify(leaf, root));
                    }
                }
                default -> assertRefused(proof, () -> new InclusionProof(proof.index(), proof.size(), damaged(proof.path()))
                        .verify(leaf, root));
            }
        }
    }

    @Test
    void ofConsistencyAreRefusedWhenForged() {
        for (int i = 0; i < FORGERIES; i++) {
            int size = 1 + random.nextInt(LEAVES);
            ConsistencyProof proof = prover.consistency(1 + random.nextInt(size), size);
            Hash older = prover.root(proof.from());
            Hash newer = prover.root(size);
            switch (random.nextInt(proof.path().isEmpty() ? 4 : 5)) {
                case 0 -> assertRefused(proof, () -> proof.verify(flipped(older), newer));
                case 1 -> assertRefused(proof, () -> proof.verify(older, flipped(newer)));
                case 2 -> assertRefused(proof, () -> new ConsistencyProof(proof.from(), proof.to(), extended(proof.path()))
                        .verify(older, newer));
                case 3 -> assertRefused(proof, () -> new ConsistencyProof(0, proof.to(), proof.path()).verify(older, newer));
                default -> assertRefused(proof, () -> new ConsistencyProof(proof.from(), proof.to(), damaged(proof.path()))
                        .verify(older, newer));
            }
        }
    }

    private Hash flipped(Hash hash) {
        byte[] bytes = hash.toArray();
        bytes[random.nextInt(Hash.LENGTH)] ^= (byte) (1 << random.nextInt(8));
        return Hash.of(bytes);
    }

    private List<Hash> extended(List<Hash> path) {
        var longer = new ArrayList<>(path);
        longer.add(random.nextInt(path.size() + 1), path.isEmpty() || random.nextBoolean()
                ? Hash.of(Seeds.bytes(random, Hash.LENGTH))
                : path.get(random.nextInt(path.size())));
        return longer;
    }

    /** Without one of its hashes, with one that is another, or with two in each other's place. */
    private List<Hash> damaged(List<Hash> path) {
        var other = new ArrayList<>(path);
        int at = random.nextInt(path.size());
        switch (random.nextInt(path.size() == 1 ? 2 : 3)) {
            case 0 -> other.remove(at);
            case 1 -> other.set(at, flipped(path.get(at)));
            default -> Collections.swap(other, at, (at + 1) % path.size());
        }
        return other;
    }

    private static void assertRefused(Object claim, Runnable verification) {
        assertThatThrownBy(verification::run).as(claim.toString()).isInstanceOfAny(VerificationFailed.class,
                MalformedInput.class);
    }
}
