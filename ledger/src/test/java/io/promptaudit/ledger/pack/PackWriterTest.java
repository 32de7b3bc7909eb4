package io.promptaudit.ledger.pack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.ledger.MalformedInput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PackWriterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PackWriter pack = new PackWriter(out);

    private static PackWriter.Content text(String text) {
        return stream -> stream.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> members(byte[] zip) throws IOException {
        var members = new LinkedHashMap<String, String>();
        try (var stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                members.put(entry.getName(), new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return members;
    }

    @Test
    void listsEveryMemberAtTheEnd() throws IOException {
        pack.member("events.ndjson", text("abc"));
        pack.member("tile/entries/x001/234.p/5", OutputStream::close);
        pack.finish();
        assertThat(members(out.toByteArray())).containsExactly(Map.entry("events.ndjson", "abc"),
                Map.entry("tile/entries/x001/234.p/5", ""), Map.entry("MANIFEST.sha256", """
                        ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  events.ndjson
                        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  tile/entries/x001/234.p/5
                        """));
    }

    @Test
    void givesTheSameBytesWhereverAndWheneverItIsMade() throws IOException {
        TimeZone before = TimeZone.getDefault();
        var made = new HashSet<String>();
        try {
            for (String zone : List.of("Pacific/Kiritimati", "Pacific/Niue")) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                out.reset();
                var written = new PackWriter(out);
                written.member("a", text("b".repeat(10_000)));
                written.finish();
                made.add(out.toString(StandardCharsets.ISO_8859_1));
            }
        } finally {
            TimeZone.setDefault(before);
        }
        assertThat(made).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/../b", "a/.", ".a", "a.", "a\\b", "C:a", "a b", "ä", "a\n"})
    void takesNoNameThatLeadsElsewhere(String path) {
        assertThatThrownBy(() -> pack.member(path, text(""))).isInstanceOf(MalformedInput.class)
                .hasMessageStartingWith("path of");
    }

    @Test
    void takesNoNameTwice() throws IOException {
        pack.member("checkpoint", text(""));
        for (String path : new String[]{"checkpoint", "Checkpoint", "manifest.SHA256"}) {
            assertThatIllegalStateException().isThrownBy(() -> pack.member(path, text("")))
                    .withMessage("there is a member %s already", path);
        }
    }

    @Test
    void isNeverFinishedAfterAFailure() throws IOException {
        pack.member("a", text("a"));
        assertThatIOException().isThrownBy(() -> pack.member("b", stream -> {
            throw new IOException("torn");
        }));
        assertThatIllegalStateException().isThrownBy(pack::finish);
        assertThatIllegalStateException().isThrownBy(() -> pack.member("c", text("")));
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).doesNotContain("MANIFEST", "PK\u0005\u0006");
    }
}
