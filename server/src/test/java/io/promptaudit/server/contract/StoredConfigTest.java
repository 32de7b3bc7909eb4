package io.promptaudit.server.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.command.validation.Digests;
import io.promptaudit.server.axon.EventJson;

import static org.assertj.core.api.Assertions.assertThat;

/** What an event stores of a version is what its digest was computed of, to the last null. */
class StoredConfigTest {
    private static final long SEED = Long.getLong("seed", 20261125L);
    private final Serializer serializer = EventJson.serializer();

    @Test
    void keepsTheDigestOfAnyConfig() {
        for (long seed = SEED; seed < SEED + 2_000; seed++) {
            var random = new Random(seed);
            Map<String, Object> config = object(random, 3);
            Content content = new Content.Text(text(random));
            String digest = Digests.of(PromptType.TEXT, content, config);
            var event = new PromptCreated("p", PromptType.TEXT, content, config, "n", digest, null, null, null, List.of());
            PromptCreated read = serializer.deserialize(serializer.serialize(event, byte[].class));
            assertThat(Digests.of(read.type(), read.content(), read.config())).as("seed %d: %s", seed, config)
                    .isEqualTo(digest);
            assertThat(read.content()).as("seed %d", seed).isEqualTo(content);
        }
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong() >> 11;
            case 4 -> random.nextDouble() * Math.pow(10, random.nextInt(60) - 30);
            case 5 -> random.nextInt(100) / 10.0;
            case 6, 7 -> text(random);
            case 8 -> object(random, depth - 1);
            default -> {
                var values = new ArrayList<@Nullable Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.add(value(random, depth - 1));
                }
                yield values;
            }
        };
    }

    @SuppressWarnings("NullAway")
    private static Map<String, Object> object(Random random, int depth) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.put(text(random), value(random, depth));
        }
        return object;
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(switch (random.nextInt(6)) {
                case 0 -> random.nextInt(0x20);
                case 1 -> 0x1F600 + random.nextInt(0x40);
                case 2 -> 0x0590 + random.nextInt(0x100);
                case 3 -> "\"\\/<>&'\u2028\uFEFF\u007F".charAt(random.nextInt(10));
                default -> 'a' + random.nextInt(26);
            });
        }
        return text.toString();
    }
}
