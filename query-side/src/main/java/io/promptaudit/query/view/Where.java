package io.promptaudit.query.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;

/** The conditions of a query on a view, beginning with the generation that counts. */
public final class Where {
    private final StringBuilder sql = new StringBuilder(256);
    private final List<Object> parameters = new ArrayList<>();

    private Where() {}

    /** Rows of the view's generation that counts. */
    public static Where current(String view) {
        var where = new Where();
        where.sql.append(" where t.generation = ").append(ViewHeads.current(view));
        return where;
    }

    /** And this, with a parameter for each question mark. */
    public Where and(String condition, Object... values) {
        sql.append(" and ").append(condition);
        Stream.of(values).map(value -> value instanceof String text ? Columns.holdable(text) : value).forEach(parameters::add);
        return this;
    }

    /** And this, unless the value is null. */
    public Where andIf(@Nullable Object value, String condition) {
        return value == null ? this : and(condition, value);
    }

    /** And the lower-case column contains the text, letters of either case. */
    public Where andContains(String column, @Nullable String text) {
        return text == null ? this : and(column + " like ? escape '!'", "%" + literal(Columns.search(text)) + "%");
    }

    /** And the name is below the folder. */
    public Where andBelow(String column, @Nullable String folder) {
        return folder == null ? this : and(column + " like ? escape '!'", literal(folder) + "/%");
    }

    /** And the caller may possibly see the prompt; for rows that are all about prompts. */
    public Where andPerhapsSeen(Caller caller, String column) {
        return andPerhapsSeen(caller, column, null);
    }

    /**
     * And the caller may possibly see the prompt: narrows the search by what the patterns begin with. Whether the caller really
     * sees it, {@link Caller#sees} decides.
     *
     * @param besides another condition under which a row stays, or null
     */
    public Where andPerhapsSeen(Caller caller, String column, @Nullable String besides, Object... values) {
        if (caller.readsEverything()) {
            return this;
        }
        var alternatives = new ArrayList<String>();
        var bound = new ArrayList<Object>();
        for (var grant : caller.grants()) {
            alternatives.add(column + " like ? escape '!'");
            bound.add(grant.role().readsEverything() ? "%" : start(grant.prompts()));
        }
        if (besides != null) {
            alternatives.add("(" + besides + ")");
            bound.addAll(List.of(values));
        }
        return and(alternatives.isEmpty() ? "1 = 0" : alternatives.stream().collect(Collectors.joining(" or ", "(", ")")),
                bound.toArray());
    }

    private static String start(String pattern) {
        var start = new StringBuilder();
        for (String segment : pattern.split("/", -1)) {
            if (segment.equals("*") || segment.equals("**")) {
                return literal(start.toString()) + "%";
            }
            start.append(segment).append('/');
        }
        return literal(pattern);
    }

    private static String literal(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    /**
     * The order for the newest so many rows. It names the columns of the index that is to be walked, also those that the conditions
     * fix to one value: without them H2 reads and sorts every row before it answers the first.
     *
     * @param leading columns between the generation and {@code seq}
     */
    public static String newest(int most, String... leading) {
        var order = new StringBuilder(" order by t.generation desc");
        for (String column : leading) {
            order.append(", ").append(column).append(" desc");
        }
        return order.append(", t.seq desc fetch first ").append(most).append(" rows only").toString();
    }

    /** The order for the newest so many rows where the conditions leave few: they are found by any index, and sorted. */
    public static String sorted(int most) {
        return " order by t.seq desc fetch first " + most + " rows only";
    }

    /** The clause, beginning with {@code where}. */
    public String sql() {
        return sql.toString();
    }

    /** The values of its question marks, in order. */
    public List<Object> parameters() {
        return parameters;
    }
}
