package io.promptaudit.server.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.query.AuditEntry;
import io.promptaudit.ledger.leaf.StoredEvent;

/** Every event of a pack as a line of a table (RFC 4180), for spreadsheets. */
@Component
class EventTable {
    private static final String HEAD = row("position", "eventId", "recordedAt", "actor", "onBehalfOf", "kind", "action", "type",
            "prompt", "version", "environment", "outcome", "rule", "reason", "sentence");
    /** What events call the words of who caused them. */
    private static final List<String> REASONS = List.of("reason", "note", "comment", "text");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final StoredOrder order;
    private final EventReader reader;

    EventTable(StoredOrder order, EventReader reader) {
        this.order = order;
        this.reader = reader;
    }

    void write(Contents contents, OutputStream out) throws IOException {
        out.write(HEAD.getBytes(StandardCharsets.UTF_8));
        order.events(contents.size(), contents.selection()::holds, placed -> out
                .write(line(reader.read(placed), reason(placed.event())).getBytes(StandardCharsets.UTF_8)));
    }

    private static @Nullable String reason(StoredEvent event) {
        try {
            JsonNode payload = JSON.readTree(event.payload().toArray());
            return REASONS.stream().map(payload::path).filter(JsonNode::isString).map(JsonNode::asString).findFirst()
                    .orElse(null);
        } catch (JacksonException noJson) {
            return null;
        }
    }

    private static String line(ReadEvent event, @Nullable String reason) {
        Place place = event.place();
        AuditEntry line = event.line();
        return line == null
                ? row(place.position(), place.eventId(), place.time(), null, null, null, null, place.type(), null, null, null,
                        null,
                        null, reason, "This event cannot be read.")
                : row(place.position(), place.eventId(), place.time(), line.actor(), line.onBehalfOf(), line.kind(),
                        line.action(),
                        place.type(), line.prompt(), line.version(), line.environment(), line.outcome().id(),
                        line.rule() == null ? null : line.rule().id(), reason, line.sentence());
    }

    private static String row(@Nullable Object... cells) {
        return Arrays.stream(cells).map(cell -> cell(cell == null ? "" : cell.toString()))
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    /** A spreadsheet would run a cell that begins like a formula: behind an apostrophe it is text. */
    static String cell(String text) {
        String tame = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return tame.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                ? '"' + tame.replace("\"", "\"\"") + '"'
                : tame;
    }
}
