package io.promptaudit.command.validation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.promptaudit.api.ChatMessage;
import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class DigestsTest {

    /** Computed with other tools from the canonical JSON beside it. */
    @Test
    void areKnownAnswers() {
        // {"config":{},"content":"Hello","type":"text"}
        assertThat(Digests.of(PromptType.TEXT, new Content.Text("Hello"), Map.of()))
                .isEqualTo("sha256:aec6f3bcd5d7456b5ee6b6da8aefde0d854a6fea727f61c647e17122007c5a26");
        // {"config":{"a":[1,2.5,1e+21,null,true],"model":"x","é":"\u0001\n"},
        // "content":[{"content":"Hi 🩺","role":"user"},{"name":"history","type":"placeholder"}],"type":"chat"}
        var config = new LinkedHashMap<String, Object>();
        config.put("é", "\u0001\n");
        config.put("model", "x");
        config.put("a", Arrays.asList(BigInteger.ONE, new BigDecimal("2.50"), new BigDecimal("1E+21"), null, true));
        var chat = new Content.Chat(List.of(ChatMessage.of("user", "Hi 🩺"), ChatMessage.placeholder("history")));
        assertThat(Digests.of(PromptType.CHAT, chat, config))
                .isEqualTo("sha256:26afdb50ce262c060db33ce8d15b4358de3dccef8febb8d87ecbfe1219f0fbcb");
    }

    /** The example of RFC 8785, section 3.2.2. */
    @Test
    void standOnTheStandardsOwnExample() {
        var example = new LinkedHashMap<String, Object>();
        example.put("numbers", List.of(new BigDecimal("333333333.33333329"), new BigDecimal("1E30"), new BigDecimal("4.50"),
                new BigDecimal("2e-3"), new BigDecimal("0.000000000000000000000000001")));
        example.put("string", "\u20ac$\u000F\nA'B\"\\\\\"/");
        example.put("literals", Arrays.asList(null, true, false));
        assertThat(new String(CanonicalJson.of(example), UTF_8)).isEqualTo("{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void dependOnTheValueAndNotOnItsSpelling() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Map<String, Object> config = object(random, 3);
            var content = new Content.Text(text(random));
            String digest = Digests.of(PromptType.TEXT, content, config);
            assertThat(Digests.of(PromptType.TEXT, content, shuffled(config, random))).as("seed %d", seed).isEqualTo(digest);
            assertThat(Digests.of(PromptType.TEXT, new Content.Text(changed(content.text(), random)), config))
                    .as("seed %d", seed).isNotEqualTo(digest);
            var more = new LinkedHashMap<>(config);
            more.put("one more", true);
            assertThat(Digests.of(PromptType.TEXT, content, more)).as("seed %d", seed).isNotEqualTo(digest);
        }
    }

    @Test
    void tellTypesApart() {
        assertThat(Digests.of(PromptType.TEXT, new Content.Text(""), Map.of("a", "1")))
                .isNotEqualTo(Digests.of(PromptType.TEXT, new Content.Text(""), Map.of("a", BigInteger.ONE)));
        assertThat(Digests.of(PromptType.CHAT, new Content.Chat(List.of(ChatMessage.of("user", "a"))), Map.of()))
                .isNotEqualTo(Digests.of(PromptType.CHAT, new Content.Chat(List.of(ChatMessage.of("user ", "a"))), Map.of()));
    }

    /** The same members in another order, and the same numbers in another type. */
    private static Map<String, Object> shuffled(Map<String, Object> object, Random random) {
        var keys = new ArrayList<>(object.keySet());
        Collections.shuffle(keys, random);
        var other = new LinkedHashMap<String, Object>();
        for (String key : keys) {
            other.put(key, switch (Objects.requireNonNull(object.get(key))) {
                case Map<?, ?> nested -> {
                    var copy = new LinkedHashMap<String, Object>();
                    nested.forEach((name, value) -> copy.put(String.valueOf(name), value));
                    yield shuffled(copy, random);
                }
                case BigDecimal number -> number.setScale(number.scale() + 2);
                case BigInteger number -> number.longValueExact();
                case Object value -> value;
            });
        }
        return other;
    }

    private static Map<String, Object> object(Random random, int depth) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.put(text(random), switch (random.nextInt(depth == 0 ? 4 : 5)) {
                case 0 -> text(random);
                case 1 -> random.nextBoolean();
                case 2 -> new BigDecimal(Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(-8, 18))));
                case 3 -> BigInteger.valueOf(random.nextLong(-(1L << 53), 1L << 53));
                default -> object(random, depth - 1);
            });
        }
        return object;
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(switch (random.nextInt(4)) {
                case 0 -> 1 + random.nextInt(0x7f);
                case 1 -> 0x80 + random.nextInt(0x700);
                case 2 -> 0xe000 + random.nextInt(0x1ff0);
                default -> 0x1f300 + random.nextInt(0x200);
            });
        }
        return text.toString();
    }

    private static String changed(String text, Random random) {
        int at = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length())));
        int character = text.codePointAt(at);
        return text.substring(0, at) + Character.toString(character == 'x' ? 'y' : 'x')
                + text.substring(at + Character.charCount(character));
    }
}
