package io.promptaudit.ledger.pack;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.Seeds;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.EventLeaf;
import io.promptaudit.ledger.leaf.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventLineTest {
    private static final EventLine LINE = new EventLine(12, new StoredEvent("e-1", "prompt:clinical/intake", 0, "Prompt",
            "io.promptaudit.api.event.PromptEdited", "1", "2026-03-01T12:00:00.120Z", bytes("{\"version\":2}"), bytes("{}")));
    private static final String TEXT = """
            {"aggregate":"prompt:clinical/intake","eventId":"e-1","metadata":"e30=","payload":"eyJ2ZXJzaW9uIjoyfQ==",\
            "payloadRevision":"1","payloadType":"io.promptaudit.api.event.PromptEdited","position":"12",\
            "recordedAt":"2026-03-01T12:00:00.120Z","sequence":"0","type":"Prompt"}
            """;

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static EventLine parse(String line) {
        return EventLine.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void hasOneForm() {
        assertThat(LINE.encode()).asString(StandardCharsets.UTF_8).isEqualTo(TEXT);
        assertThat(parse(TEXT)).isEqualTo(LINE);
        var bare = new EventLine(1,
                new StoredEvent("e", "ä\n\ud83d\ude00", Long.MAX_VALUE, null, "p", null, "t", bytes(""), bytes("")));
        assertThat(new String(bare.encode(), StandardCharsets.UTF_8)).doesNotContain("type", "Revision");
        assertThat(EventLine.parse(bare.encode())).isEqualTo(bare);
    }

    @Test
    void givesTheEntryOfTheLedger() {
        assertThat(LINE.leaf())
                .isEqualTo(new EventLeaf("e-1", 12, Instant.parse("2026-03-01T12:00:00.12Z"), LINE.event().hash()));
        assertThatThrownBy(() -> parse(TEXT.replace("12:00:00.120Z", "noon")).leaf()).isInstanceOf(MalformedInput.class)
                .hasMessageContaining("recordedAt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"position\":\"0\"", "\"position\":\"012\"", "\"position\":\"9223372036854775808\"", "\"position\":12",
                    "\"positions\":\"12\"", "\"position\":\"12\",\"q\":\"\"", "\"position\" :\"12\"",
                    "\"position\":\"12\",\"position\":\"12\""})
    void isReadInItsOneFormOnly(String position) {
        assertThatThrownBy(() -> parse(TEXT.replace("\"position\":\"12\"", position))).isInstanceOf(MalformedInput.class);
    }

    @Test
    void isALine() {
        for (String line : new String[]{"", "\n", TEXT + "\n", TEXT.strip(), TEXT.replace("e30=", "e30"),
                TEXT.replace("e30=", "e31="),
                TEXT.replace("\n", "\r\n"), TEXT.replace("\"sequence\":\"0\"", "\"sequence\":\"-1\"")}) {
            assertThatThrownBy(() -> parse(line)).as(line).isInstanceOf(MalformedInput.class).hasMessageStartingWith("event");
        }
    }

    @Test
    void isWrittenAgainAsItWasReadWhateverByteIsChanged() {
        Random random = Seeds.random();
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = TEXT.getBytes(StandardCharsets.UTF_8);
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(0x100);
            try {
                assertThat(EventLine.parse(changed).encode()).isEqualTo(changed);
            } catch (MalformedInput refused) {
                assertThat(refused).hasMessageStartingWith("event");
            }
        }
    }
}
