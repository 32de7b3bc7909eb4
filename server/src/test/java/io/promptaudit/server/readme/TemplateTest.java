package io.promptaudit.server.readme;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TemplateTest {

    @Test
    void ignoresSpaceBetweenTheParts() {
        assertThat(Template.matchesJson("{\"a\": 1,\n \"b\": [2]}", "{\"a\":1,\"b\":[2]}")).isTrue();
        assertThat(Template.matchesJson("{\"a\": \"x y\"}", "{\"a\":\"x  y\"}")).isFalse();
    }

    @Test
    void anythingInAStringEndsWithIt() {
        assertThat(Template.matchesJson("{\"a\": \"…\"}", "{\"a\":\"x\\\"y\"}")).isTrue();
        assertThat(Template.matchesJson("{\"a\": \"…\"}", "{\"a\":\"x\",\"b\":\"y\"}")).isFalse();
        assertThat(Template.matchesJson("{\"a\": \"x\", …}", "{\"a\":\"x\",\"b\":\"y\"}")).isTrue();
    }

    @Test
    void differentValuesDoNotMatch() {
        assertThat(Template.matchesJson("{\"a\": 1}", "{\"a\":2}")).isFalse();
        assertThat(Template.matchesJson("{\"a\": 1}", "{\"a\":1}{\"a\":1}")).isFalse();
        assertThat(Template.matchesJson("{\"a\": \"\\\"b\\\"\"}", "{\"a\":\"\\\"b\\\"\"}")).isTrue();
    }

    @Test
    void anythingInATextEndsWithItsLine() {
        assertThat(Template.matchesText("one … three\nfour", "one two three\nfour\n")).isTrue();
        assertThat(Template.matchesText("one … four", "one two three\nfour\n")).isFalse();
    }
}
