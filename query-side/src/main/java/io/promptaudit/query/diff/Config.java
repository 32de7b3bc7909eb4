package io.promptaudit.query.diff;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.query.VersionDiff.ConfigChange;

/**
 * The difference of two configurations, path by path. Objects are compared by name and arrays by index. The changes come
 * in an order in which they can be applied one after the other: what an array loses goes from its end.
 */
final class Config {
    private Config() {}

    /** What is different; nothing when the configurations are equal as JSON, where 1 and 1.0 are one number. */
    static List<ConfigChange> compare(Map<String, Object> from, Map<String, Object> to) {
        var changes = new ArrayList<ConfigChange>();
        objects("", from, to, changes);
        return changes;
    }

    private static void objects(String path, Map<?, ?> from, Map<?, ?> to, List<ConfigChange> changes) {
        var names = new TreeSet<String>();
        from.keySet().forEach(name -> names.add(String.valueOf(name)));
        to.keySet().forEach(name -> names.add(String.valueOf(name)));
        for (String name : names) {
            String below = path + "/" + name.replace("~", "~0").replace("/", "~1");
            if (!to.containsKey(name)) {
                changes.add(new ConfigChange.Removed(below, from.get(name)));
            } else if (!from.containsKey(name)) {
                changes.add(new ConfigChange.Added(below, to.get(name)));
            } else {
                values(below, from.get(name), to.get(name), changes);
            }
        }
    }

    private static void arrays(String path, List<?> from, List<?> to, List<ConfigChange> changes) {
        for (int i = 0; i < Math.min(from.size(), to.size()); i++) {
            values(path + "/" + i, from.get(i), to.get(i), changes);
        }
        for (int i = from.size() - 1; i >= to.size(); i--) {
            changes.add(new ConfigChange.Removed(path + "/" + i, from.get(i)));
        }
        for (int i = from.size(); i < to.size(); i++) {
            changes.add(new ConfigChange.Added(path + "/" + i, to.get(i)));
        }
    }

    private static void values(String path, @Nullable Object from, @Nullable Object to, List<ConfigChange> changes) {
        if (from instanceof Map<?, ?> old && to instanceof Map<?, ?> young) {
            objects(path, old, young, changes);
        } else if (from instanceof List<?> old && to instanceof List<?> young) {
            arrays(path, old, young, changes);
        } else if (!same(from, to)) {
            changes.add(new ConfigChange.Changed(path, from, to));
        }
    }

    private static boolean same(@Nullable Object from, @Nullable Object to) {
        if (from instanceof Number old && to instanceof Number young) {
            return decimal(old).compareTo(decimal(young)) == 0;
        }
        return Objects.equals(from, to);
    }

    private static BigDecimal decimal(Number number) {
        return switch (number) {
            case BigDecimal decimal -> decimal;
            case BigInteger whole -> new BigDecimal(whole);
            case Double fraction -> BigDecimal.valueOf(fraction);
            case Float fraction -> new BigDecimal(fraction.toString());
            default -> BigDecimal.valueOf(number.longValue());
        };
    }
}
