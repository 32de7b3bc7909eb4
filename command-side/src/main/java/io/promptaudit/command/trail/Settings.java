package io.promptaudit.command.trail;

import java.util.HashMap;
import java.util.Map;

import org.axonframework.eventhandling.DomainEventMessage;

import io.promptaudit.api.event.SettingChanged;

/** Puts on record with which settings the server runs, where rules depend on them: configuration is no event by itself. */
public final class Settings {
    private static final String STREAM = "server:settings";

    private final ServerJournal journal;

    /** The recorded values, and the number of the next event. */
    private record Recorded(Map<String, String> values, long next) {
        static final Recorded NOTHING = new Recorded(Map.of(), 0);

        Recorded after(DomainEventMessage<?> message) {
            var event = (SettingChanged) message.getPayload();
            var changed = new HashMap<>(values);
            changed.put(event.setting(), event.value());
            return new Recorded(Map.copyOf(changed), message.getSequenceNumber() + 1);
        }
    }

    /** Writes to {@code journal}. */
    public Settings(ServerJournal journal) {
        this.journal = journal;
    }

    /**
     * Records the value that a setting has now, as done by the server, unless it is the one recorded last. What was never recorded
     * counts as usual.
     *
     * @throws TrailUnavailable when nothing can be recorded
     * @throws OutcomeUnknown when the event was written but could not be made durable in time
     */
    public void record(String setting, String value, String usual) {
        Recorded before = Recorded.NOTHING;
        var events = journal.read(STREAM);
        while (events.hasNext()) {
            before = before.after(events.next());
        }
        if (!value.equals(before.values().getOrDefault(setting, usual))) {
            journal.append("Settings", STREAM, before.next(), new SettingChanged(setting, value));
        }
    }
}
