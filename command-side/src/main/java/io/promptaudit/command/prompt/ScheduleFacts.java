package io.promptaudit.command.prompt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The schedules of one prompt, by the ids of their events.
 *
 * @param ended those executed or cancelled
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ScheduleFacts(Map<String, Schedule> pending, List<String> ended) {

    static final ScheduleFacts NONE = new ScheduleFacts(Map.of(), List.of());

    /** A snapshot leaves empty parts out. */
    @SuppressWarnings("NullAway")
    ScheduleFacts {
        pending = pending == null ? Map.of() : pending;
        ended = ended == null ? List.of() : ended;
    }

    ScheduleFacts with(String id, Schedule schedule) {
        var all = new LinkedHashMap<>(pending);
        all.put(id, schedule);
        return new ScheduleFacts(all, ended);
    }

    ScheduleFacts without(String id) {
        var rest = new LinkedHashMap<>(pending);
        rest.remove(id);
        var gone = new ArrayList<>(ended);
        gone.add(id);
        return new ScheduleFacts(rest, gone);
    }
}
