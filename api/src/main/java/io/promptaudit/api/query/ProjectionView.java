package io.promptaudit.api.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One view and how it fares.
 *
 * @param position the last event it has taken in
 * @param generation which set of its rows is being read
 * @param state {@code live}, {@code rebuilding} or {@code reconciling}; live goes on in all three
 * @param rebuild the last rebuild; null when there was none or the caller does not read everything
 * @param reconciliation the last comparison with the events, likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProjectionView(String view, long position, int generation, String state, @Nullable Rebuild rebuild,
        @Nullable Reconciliation reconciliation) {

    /**
     * A rebuild.
     *
     * @param outcome {@code running}, {@code done} or {@code failed}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rebuild(String outcome, Instant startedAt, @Nullable Instant endedAt, @Nullable Long position,
            @Nullable String failure) {}

    /**
     * A comparison of the rows with those that the events make.
     *
     * @param outcome {@code running}, {@code agrees}, {@code differs} or {@code failed}
     * @param found how many rows differ
     * @param differences the first of them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reconciliation(String outcome, Instant startedAt, @Nullable Instant endedAt, @Nullable Long position,
            long found, List<Difference> differences, @Nullable String failure) {}

    /**
     * A row that is not as the events make it.
     *
     * @param key the row's key, by column
     * @param kind {@code missing}, {@code surplus} or {@code different}
     * @param columns those that differ; empty for a whole row
     */
    public record Difference(String table, Map<String, String> key, String kind, List<String> columns) {}
}
