package io.promptaudit.ledger.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.Seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Roots, against published values and the definition. */
class TreeTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final List<String> REFERENCE_LEAVES = List.of("", "00", "10", "2021", "3031", "40414243",
            "5051525354555657", "606162636465666768696a6b6c6d6e6f");
    private static final List<String> REFERENCE_ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static final Hash LEFT = NaiveTree.sha256(new byte[]{'l'});
    private static final Hash RIGHT = NaiveTree.sha256(new byte[]{'r'});

    private final TreeHasher hasher = new TreeHasher();

    @Test
    void hashesLeavesAndNodesAsTheReferenceDoes() {
        assertThat(hex(hasher.leaf(new byte[0]))).isEqualTo(REFERENCE_ROOTS.get(1));
        assertThat(hex(hasher.leaf("L123456".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
        assertThat(hasher.node(LEFT, RIGHT)).isEqualTo(NaiveTree.sha256(new byte[]{1}, LEFT.toArray(), RIGHT.toArray()));
    }

    @Test
    void hasTheRootsOfTheReferenceTreeOfEightLeaves() {
        var range = new CompactRange();
        var roots = new ArrayList<String>(List.of(hex(range.root())));
        for (String leaf : REFERENCE_LEAVES) {
            range.append(hasher.leaf(HEX.parseHex(leaf)));
            roots.add(hex(range.root()));
        }
        assertThat(roots).isEqualTo(REFERENCE_ROOTS);
    }

    @Test
    void neverTakesALeafTwice() {
        assertThat(root("a", "b", "c")).isNotEqualTo(root("a", "b", "c", "c"));
    }

    @Test
    void hasTheRootsOfTheDefinitionAtEverySize() {
        Random random = Seeds.random();
        var entries = new ArrayList<byte[]>();
        var range = new CompactRange();
        for (int size = 0; size <= 300; size++) {
            assertThat(range.root()).as("size %d", size).isEqualTo(NaiveTree.root(entries));
            assertThat(CompactRange.of(size, range.peaks()).root()).isEqualTo(range.root());
            byte[] entry = Seeds.bytes(random, random.nextInt(80));
            entries.add(entry);
            range.append(hasher.leaf(entry));
        }
    }

    @Test
    void tellsEverySubtreeOnceWhenItIsComplete() {
        var told = new ArrayList<String>();
        var range = new CompactRange();
        for (int i = 0; i < 4; i++) {
            range.append(hasher.leaf(new byte[0]).toArray(), 0, (level, index, hashes, at) -> told.add(level + "/" + index));
        }
        assertThat(told).containsExactly("0/0", "0/1", "1/0", "0/2", "0/3", "1/1", "2/0");
    }

    @Test
    void isRestoredOnlyFromOneHashForEachBitOfItsSize() {
        List<Hash> peaks = List.of(LEFT, RIGHT);
        assertThat(CompactRange.of(5, peaks).size()).isEqualTo(5);
        assertThatThrownBy(() -> CompactRange.of(7, peaks)).isInstanceOf(MalformedInput.class)
                .hasMessage("compact range: has 2 hashes for a tree of the size 7");
        assertThatThrownBy(() -> CompactRange.of(-1, peaks)).isInstanceOf(MalformedInput.class);
    }

    @Test
    void isFullBeforeItsSizeOverflows() {
        var full = CompactRange.of(Long.MAX_VALUE, Collections.nCopies(63, LEFT));
        assertThatThrownBy(() -> full.append(RIGHT)).hasMessageContaining("full");
    }

    private Hash root(String... entries) {
        var range = new CompactRange();
        for (String entry : entries) {
            range.append(hasher.leaf(entry.getBytes(StandardCharsets.UTF_8)));
        }
        return range.root();
    }

    private static String hex(Hash hash) {
        return HEX.formatHex(hash.toArray());
    }
}
