package io.promptaudit.server.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.api.command.PromptCommand;
import io.promptaudit.server.http.EdgeServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** Names in paths: one encoded segment, decoded exactly once, whatever it holds. */
class PathsTest {
    private final EdgeServer edge = EdgeServer.shared();

    @ParameterizedTest
    @ValueSource(strings = {"clinical/intake", "a/b?#&%+=", "रोगी/प्रवेश", "คลินิก/รับผู้ป่วย", "🩺/📋", "%2F", "%252F", "%00",
            "%5C", "%zz",
            "a;b", "%3B", "a b/c d", "v1.2", "...", "~tilde", "{braces}", "[x]", "a:b@c", "\"quoted\"", "it's", "^`",
            "a,b", "$!*()", "é/ñ", "%E0%A4", "//"})
    void nameArrivesAsItWasWritten(String name) {
        if (name.equals("//")) {
            refused("/api/v1/prompts/%2F%2F/archival", 422, "invalid-value");
            return;
        }
        arrives(name, encode(name));
        arrives(name, encode(name).toLowerCase(java.util.Locale.ROOT).equals(encode(name)) ? encode(name) : encodeAll(name));
    }

    @Test
    void everyValidNameArrives() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            String name = name(random);
            assertThat(archive(encode(name)).status()).as("seed %d, name %s", seed, encode(name)).isEqualTo(201);
            assertThat(((PromptCommand) edge.recorder.last().command()).prompt()).as("seed %d", seed).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2F..%2Fb", "..", "%2E%2E", "..%2Fb", ".", "%2E", "a%2F%2E%2Fb", "%20a", "a%20%2Fb", "a%2F", "%2Fa",
            "a%7Cb", "a%3Cb", "e%CC%81", "a%E2%80%8Db", "%EE%80%80", "a%C2%A0b", "a%7Fb"})
    void forbiddenNameIsRefused(String segment) {
        int before = edge.recorder.count();
        Answer answer = archive(segment);
        assertThat(answer.status()).isIn(400, 404, 422);
        ProblemsAssert.assertProblem(answer, answer.status(), switch (answer.status()) {
            case 400 -> "malformed-request";
            case 404 -> "not-found";
            default -> "invalid-value";
        });
        assertThat(edge.recorder.count()).isEqualTo(before);
    }

    @Test
    void dotsWithinANameAreAnInvalidValue() {
        Answer answer = archive("a%2F..%2Fb");
        ProblemsAssert.assertProblem(answer, 422, "invalid-value");
        assertThat(answer.json().path("field").stringValue()).isEqualTo("name");
        assertThat(answer.json().path("rule").stringValue()).isEqualTo("must not have the segment ..");
    }

    @Test
    void versionMustBeANumber() {
        String path = "/api/v1/prompts/a/versions/%s/comments";
        String body = "{\"text\": \"hm\"}";
        for (String version : new String[]{"x", "-1", "1.5", "0x1", "%2B1"}) {
            ProblemsAssert.assertProblem(edge.json("POST", path.formatted(version), body), 400, "malformed-request");
        }
        ProblemsAssert.assertProblem(edge.json("POST", path.formatted("99999999999"), body), 404, "version-not-found");
    }

    private void arrives(String name, String encoded) {
        Answer answer = archive(encoded);
        assertThat(answer.status()).as(encoded + " " + answer.body()).isEqualTo(201);
        assertThat(((PromptCommand) edge.recorder.last().command()).prompt()).isEqualTo(name);
        assertThat(answer.json().path("prompt").stringValue()).isEqualTo(name);
    }

    private void refused(String path, int status, String type) {
        ProblemsAssert.assertProblem(edge.json("POST", path, "{\"reason\": \"old\"}"), status, type);
    }

    private Answer archive(String segment) {
        return edge.json("POST", "/api/v1/prompts/" + segment + "/archival", "{\"reason\": \"old\"}");
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Every byte encoded, in lower case: as good as any other spelling. */
    private static String encodeAll(String name) {
        var encoded = new StringBuilder();
        for (byte unit : name.getBytes(StandardCharsets.UTF_8)) {
            encoded.append("%%%02x".formatted(unit));
        }
        return encoded.toString();
    }

    private static String name(Random random) {
        while (true) {
            var name = new StringBuilder();
            int length = 1 + random.nextInt(40);
            while (name.length() < length) {
                name.appendCodePoint(character(random));
            }
            String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
            if (!composed.equals(".") && !composed.equals("..") && composed.codePointCount(0, composed.length()) <= 200) {
                return composed;
            }
        }
    }

    private static int character(Random random) {
        while (true) {
            int character = random.nextInt(random.nextBoolean() ? 0x80 : 0x20000);
            boolean plain = switch (Character.getType(character)) {
                case Character.CONTROL, Character.FORMAT, Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE,
                        Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    false;
                default -> true;
            };
            if (plain && "/|<>\\".indexOf(character) < 0) {
                return character;
            }
        }
    }
}
