package io.promptaudit.command.change;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.event.GrantsChangeProposed;
import io.promptaudit.api.event.GroupsChangeProposed;
import io.promptaudit.api.event.PolicyChangeProposed;

/** Looks changes up in the event store, where an event once recorded stays what it is. */
@Component
class StoredChanges implements ProposedChanges {
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");
    private static final List<String> TYPES = List.of(PolicyChangeProposed.class.getName(),
            GrantsChangeProposed.class.getName(), GroupsChangeProposed.class.getName());

    private final JdbcClient db;

    StoredChanges(JdbcClient db) {
        this.db = db;
    }

    @Override
    public @Nullable String target(String change) {
        if (!ID.matcher(change).matches()) {
            return null;
        }
        return db.sql("select aggregate_identifier from domain_event"
                + " where event_identifier = :change and payload_type in (:types)").param("change", change)
                .param("types", TYPES).query(String.class).optional().orElse(null);
    }
}
