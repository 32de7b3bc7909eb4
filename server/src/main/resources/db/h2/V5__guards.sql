-- What is recorded is neither changed nor removed, by the owner neither. A statement that would find no row is refused, too.
CREATE TRIGGER domain_event_append_only BEFORE UPDATE, DELETE ON domain_event
    CALL 'io.promptaudit.server.guard.AppendOnlyTrigger';
CREATE TRIGGER event_position_append_only BEFORE UPDATE, DELETE ON event_position
    CALL 'io.promptaudit.server.guard.AppendOnlyTrigger';

-- H2 fires no trigger for TRUNCATE and DROP, but refuses both where another table refers to the table. Always empty.
CREATE TABLE append_only (
    domain_event   BIGINT REFERENCES domain_event (global_index),
    event_position BIGINT REFERENCES event_position (position)
);
