package io.promptaudit.ledger.leaf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.Seeds;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.encoding.CanonicalText;
import io.promptaudit.ledger.tree.Hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Entries and the hashes of events, byte for byte. */
class LeafTest {
    private static final StoredEvent EVENT = new StoredEvent("5f0c9c8e-0b57-4a0c-9d0e-6a1a4c2f7d11", "prompt:clinical/intake", 7,
            "Prompt", "io.promptaudit.api.event.PromptDeployed", "1", "2026-03-01T12:00:00.123456Z", bytes("{\"version\":12}"),
            bytes("{\"actor\":\"manager\"}"));
    // Computed by the lines of Python in docs/ledger-format.md.
    private static final String EVENT_HASH = "14cf9b06d9be266763b7001e9c7e2986c4f3bb62c3ba5722f7ded6d85984d9af";
    private static final String ENTRY = "{\"eventHash\":\"sha256:" + EVENT_HASH
            + "\",\"eventId\":\"5f0c9c8e-0b57-4a0c-9d0e-6a1a4c2f7d11\""
            + ",\"kind\":\"event\",\"position\":\"4711\",\"recordedAt\":\"2026-03-01T12:00:00.123456Z\",\"v\":\"1\"}";

    @Test
    void eventsAreHashedAsDocumented() {
        assertThat(hex(EVENT.hash())).isEqualTo(EVENT_HASH);
        assertThat(hex(new StoredEvent("e", "a", 0, null, "p", null, "t", Bytes.of(), Bytes.of((byte) 0, (byte) 0xFF)).hash()))
                .isEqualTo("7ae826ed5e8f02c4ddba0fa5331c772eca8721d018a6ad6422ae481e4d3b85c2");
    }

    @Test
    void noTwoEventsHaveTheSameBytes() {
        var hashes = new HashSet<Hash>();
        for (@Nullable
        String type : new String[]{null, "", "a", "ab"}) {
            for (@Nullable
            String revision : new String[]{null, "", "b", "1"}) {
                for (String payloadType : List.of("p", "pq")) {
                    hashes.add(new StoredEvent("e", "a", 0, type, payloadType, revision, "t", bytes("qr"), bytes("s")).hash());
                    hashes.add(new StoredEvent("e", "a", 0, type, payloadType, revision, "t", bytes("q"), bytes("rs")).hash());
                }
            }
        }
        assertThat(hashes).hasSize(4 * 4 * 2 * 2);
        assertThat(new StoredEvent("e", "a", 1, "", "", "", "", bytes(""), bytes("")).hash())
                .isNotEqualTo(new StoredEvent("e", "a1", 0, "", "", "", "", bytes(""), bytes("")).hash());
    }

    @Test
    void entriesAreWrittenAsDocumentedAndReadAgain() {
        var leaf = new EventLeaf(EVENT.eventId(), 4711, Instant.parse("2026-03-01T12:00:00.123456Z"), EVENT.hash());
        assertThat(new String(leaf.encode(), StandardCharsets.UTF_8)).isEqualTo(ENTRY);
        assertThat(EventLeaf.parse(leaf.encode())).isEqualTo(leaf);
    }

    @Test
    void entriesAreRefusedInAnyOtherForm() {
        for (String[] change : new String[][]{{"\"v\":\"1\"", "\"v\":\"2\""}, {"\"v\":\"1\"", "\"v\":1"},
                {"\"event\"", "\"erasure\""},
                {"4711", "0"}, {"4711", "04711"}, {"4711", "9223372036854775808"}, {"\"4711\"", "4711"}, {"123456Z", "1234560Z"},
                {"123456Z", "123456+00:00"}, {"2026-03-01T", "2026-02-30T"}, {"sha256:", "sha512:"}, {"sha256:", ""},
                {EVENT_HASH, EVENT_HASH.toUpperCase(Locale.ROOT)}, {EVENT_HASH, EVENT_HASH.substring(2)},
                {"5f0c9c8e", "5f0c 9c8e"}, {"5f0c9c8e", "é"}, {"5f0c9c8e", "\\u0035f0c9c8e"}, {"5f0c9c8e", "x".repeat(40)},
                {",", ", "},
                {"{", " {"}, {"}", "}\n"}, {"}", ""}, {",\"v\":\"1\"", ""}, {",\"v\":\"1\"", ",\"v\":\"1\",\"w\":\"\""},
                {"\"eventId\":", "\"eventI\":"}, {"\"kind\":\"event\",", ""}, {"\"v\":\"1\"", "\"v\":\"1\",\"v\":\"1\""}}) {
            String changed = ENTRY.replace(change[0], change[1]);
            assertThat(changed).isNotEqualTo(ENTRY);
            assertThatThrownBy(() -> EventLeaf.parse(changed.getBytes(StandardCharsets.UTF_8))).as(changed)
                    .isInstanceOf(MalformedInput.class).hasMessageStartingWith("entry");
        }
    }

    @Test
    void canonicalTextIsThatOfAnotherLibrary() throws IOException {
        Random random = Seeds.random();
        for (int i = 0; i < 2_000; i++) {
            SortedMap<String, String> members = members(random);
            byte[] ours = CanonicalText.encode(members);
            assertThat(ours).isEqualTo(new JsonCanonicalizer(new String(ours, StandardCharsets.UTF_8)).getEncodedUTF8());
            assertThat(CanonicalText.parse(ours, "entry")).isEqualTo(members);
        }
    }

    private static SortedMap<String, String> members(Random random) {
        var members = new TreeMap<String, String>();
        for (int i = random.nextInt(6); i > 0; i--) {
            members.put(text(random), text(random));
        }
        return members;
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int limit = random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1;
            int c = random.nextInt(limit);
            text.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '"' : c);
        }
        return text.toString();
    }

    @Test
    void canonicalTextIsReadInItsOneFormOnly() {
        Random random = Seeds.random();
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = CanonicalText.encode(new TreeMap<>(Map.of("a\u0001", "b\n\"\\\u001f", "é", text(random))));
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(0x80);
            try {
                assertThat(CanonicalText.encode(CanonicalText.parse(changed, "entry"))).isEqualTo(changed);
            } catch (MalformedInput refused) {
                assertThat(refused).hasMessageStartingWith("entry");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{}x", "{\"a\":\"b\",}", "{,\"a\":\"b\"}", "{\"b\":\"\",\"a\":\"\"}", "{\"a\":\"\",\"a\":\"\"}",
                    "{\"a\":\"\\/\"}", "{\"a\":\"\\u0041\"}", "{\"a\":\"\\u000a\"}", "{\"a\":\"\\u001F\"}", "{\"a\":\"\\u00\"}",
                    "{\"a\":\"\\\"}",
                    "{\"a\":\"\n\"}", "{\"a\":null}", "{\"a\":{}}", "[]", "{\"a\":\"\\ud83d\"}", "{\"a\" :\"\"}", "{\"a\"",
                    "{\"a\":\"\\"})
    void canonicalTextIsRefusedInAnyOtherForm(String json) {
        assertThatThrownBy(() -> CanonicalText.parse(json.getBytes(StandardCharsets.UTF_8), "entry"))
                .isInstanceOf(MalformedInput.class)
                .hasMessageStartingWith("entry, character ");
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(Hash hash) {
        return HexFormat.of().formatHex(hash.toArray());
    }
}
