-- What is recorded is neither changed nor removed, by the owner neither. A statement that would find no row is refused, too.
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON domain_event
    FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event_position
    FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- For a session_replication_role of replica, too.
ALTER TABLE domain_event ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE event_position ENABLE ALWAYS TRIGGER append_only;
