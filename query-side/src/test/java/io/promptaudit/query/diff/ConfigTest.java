package io.promptaudit.query.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.query.VersionDiff.ConfigChange;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void appliedToTheOldConfigurationGivesTheNewOne() {
        for (long seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            var from = object(random, 3);
            var to = random.nextInt(3) == 0 ? object(random, 3) : varied(random, from);
            var changes = Config.compare(from, to);
            assertThat(apply(changes, from)).as("seed %d", seed).isEqualTo(to);
            assertThat(changes.isEmpty()).as("seed %d", seed).isEqualTo(from.equals(to));
        }
    }

    @Test
    void namesPathsAsJsonPointers() {
        var changes = Config.compare(json("{'a/b': 1, 'c~d': {'': [1, 2, 3]}, 'x': null}"),
                json("{'a/b': 2, 'c~d': {'': [1]}, 'y': null}"));
        assertThat(changes).containsExactly(new ConfigChange.Changed("/a~1b", 1, 2),
                new ConfigChange.Removed("/c~0d//2", 3), new ConfigChange.Removed("/c~0d//1", 2),
                new ConfigChange.Removed("/x", null), new ConfigChange.Added("/y", null));
    }

    @Test
    void takesOneNumberWrittenInTwoWaysAsOne() {
        assertThat(Config.compare(json("{'t': 1, 'u': 1e2}"), json("{'t': 1.0, 'u': 100}"))).isEmpty();
        assertThat(Config.compare(json("{'t': 1}"), json("{'t': '1'}")))
                .containsExactly(new ConfigChange.Changed("/t", 1, "1"));
    }

    @Test
    void takesAnotherKindOfValueAsOneChange() {
        assertThat(Config.compare(json("{'a': {'b': 1}}"), json("{'a': [1]}")))
                .containsExactly(new ConfigChange.Changed("/a", Map.of("b", 1), List.of(1)));
    }

    @Test
    void writesBothSidesWhateverTheyAre() {
        assertThat(JSON
                .readTree(JSON.writeValueAsString(Config.compare(json("{'a': null, 'b': 1}"), json("{'c': null, 'b': null}")))))
                .isEqualTo(JSON.readTree("""
                        [{"path": "/a", "op": "removed", "from": null},
                         {"path": "/b", "op": "changed", "from": 1, "to": null},
                         {"path": "/c", "op": "added", "to": null}]"""));
    }

    /** What a reader of the answer would do. */
    private static @Nullable Object apply(List<ConfigChange> changes, Map<String, Object> from) {
        var document = copy(from);
        for (ConfigChange change : changes) {
            String[] path = change.path().substring(1).split("/", -1);
            var parent = document;
            for (int i = 0; i < path.length - 1; i++) {
                parent = child(parent, name(path[i]));
            }
            put(parent, name(path[path.length - 1]), change);
        }
        return document;
    }

    private static @Nullable Object child(@Nullable Object parent, String name) {
        return parent instanceof List<?> list
                ? list.get(Integer.parseInt(name))
                : parent instanceof Map<?, ?> map ? map.get(name) : null;
    }

    @SuppressWarnings("unchecked")
    private static void put(@Nullable Object parent, String name, ConfigChange change) {
        if (parent instanceof List<?> list) {
            var values = (List<@Nullable Object>) list;
            int index = Integer.parseInt(name);
            switch (change) {
                case ConfigChange.Added added -> values.add(index, added.to());
                case ConfigChange.Removed removed -> assertThat(values.remove(index)).isEqualTo(removed.from());
                case ConfigChange.Changed changed -> assertThat(values.set(index, changed.to())).isEqualTo(changed.from());
            }
            return;
        }
        var values = (Map<String, @Nullable Object>) Objects.requireNonNull(parent);
        switch (change) {
            case ConfigChange.Added added -> {
                assertThat(values).doesNotContainKey(name);
                values.put(name, added.to());
            }
            case ConfigChange.Removed removed -> assertThat(values.remove(name)).isEqualTo(removed.from());
            case ConfigChange.Changed changed -> assertThat(values.put(name, changed.to())).isEqualTo(changed.from());
        }
    }

    private static String name(String segment) {
        return segment.replace("~1", "/").replace("~0", "~");
    }

    private static Map<String, Object> json(String json) {
        return JSON.readValue(json.replace('\'', '"'), new TypeReference<>() {
        });
    }

    private static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<Object, @Nullable Object>();
            map.forEach((name, each) -> copy.put(name, copy(each)));
            return copy;
        }
        if (value instanceof List<?> list) {
            var copy = new ArrayList<@Nullable Object>();
            list.forEach(each -> copy.add(copy(each)));
            return copy;
        }
        return value;
    }

    private static Map<String, Object> object(Random random, int depth) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.put(List.of("a", "b/c", "d~e", "", "\ud83d\ude42", "0").get(random.nextInt(6)), value(random, depth));
        }
        return object;
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> null;
            case 1 -> random.nextInt(3);
            case 2 -> random.nextInt(3) + 0.5;
            case 3 -> random.nextBoolean();
            case 4 -> "text " + random.nextInt(3);
            case 5, 6 -> object(random, depth - 1);
            default -> random.ints(random.nextInt(4)).mapToObj(_ -> value(random, depth - 1)).collect(ArrayList::new,
                    ArrayList::add, ArrayList::addAll);
        };
    }

    private static Map<String, Object> varied(Random random, Map<String, Object> from) {
        var to = new LinkedHashMap<String, Object>();
        from.forEach((name, value) -> {
            if (random.nextInt(4) > 0) {
                to.put(name, random.nextInt(3) == 0 ? value(random, 2) : value);
            }
        });
        return to;
    }
}
