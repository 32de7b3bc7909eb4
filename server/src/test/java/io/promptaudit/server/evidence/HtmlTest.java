package io.promptaudit.server.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What others typed cannot become markup, nor hide. */
class HtmlTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Html html = new Html(out);

    private String written() throws IOException {
        html.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void escapesTextAndAttributes() throws IOException {
        html.element("p", "<b>&\"'", "class", "\"><script>");
        assertThat(written()).isEqualTo("<p class=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&quot;&#39;</p>\n");
    }

    @ParameterizedTest
    @CsvSource({"0000", "0007", "001B", "007F", "0085", "00AD", "200B", "200E", "202E", "2028", "2029", "2066", "FEFF", "E000",
            "D800",
            "DFFF", "FFFE", "FFFF", "E0041"})
    void showsTheCodeOfWhatIsNotSeen(String code) throws IOException {
        html.text("a").text(Character.toString(Integer.parseInt(code, 16))).text("b");
        assertThat(written()).isEqualTo("a\u27E8U+" + code + "\u27E9b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"line\nline\ttab", "\u00E9\u4E2D\u05D0", "\uD83D\uDC69\u200D\uD83D\uDD2C", "e\u0301", "\uFFFD"})
    void leavesEverythingElseAsItIs(String text) throws IOException {
        html.text(text);
        assertThat(written()).isEqualTo(text);
    }

    @Test
    void writesMomentsForPeopleAndPrograms() throws IOException {
        html.time(Instant.parse("2026-01-31T12:00:00.500Z")).time(null);
        assertThat(written()).isEqualTo("<time datetime=\"2026-01-31T12:00:00.500Z\">2026-01-31 12:00:00.500</time>");
    }
}
