-- Keeps the owner of the trail's tables from removing the guards on them. Run it once, as a superuser, in the trail's database,
-- after the server's first start, and again when the server says so:
--
--   psql --set ON_ERROR_STOP=1 --dbname trail --file postgresql-guards.sql
--
-- Where the tables are not in the schema public: PGOPTIONS='-c search_path=<their schema>'. A release that changes a guarded table
-- says so; then: ALTER EVENT TRIGGER promptaudit_ddl DISABLE; ALTER EVENT TRIGGER promptaudit_drop DISABLE; start it; run this again.

BEGIN;

DROP EVENT TRIGGER IF EXISTS promptaudit_ddl;
DROP EVENT TRIGGER IF EXISTS promptaudit_drop;
DROP SCHEMA IF EXISTS promptaudit_guard CASCADE;

-- Nobody signs in as it, and nobody is a member: not even the tables' owner can replace what belongs to it.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'promptaudit_guard') THEN
        CREATE ROLE promptaudit_guard NOLOGIN;
    END IF;
END$$;
CREATE SCHEMA promptaudit_guard;
GRANT USAGE ON SCHEMA promptaudit_guard TO PUBLIC;
ALTER FUNCTION append_only() OWNER TO promptaudit_guard;

-- The tables that have the guard, their sequences, the triggers, and the function behind them.
CREATE TABLE promptaudit_guard.guarded AS
    SELECT tgrelid AS object FROM pg_trigger WHERE tgfoid = 'append_only()'::regprocedure
    UNION SELECT oid FROM pg_trigger WHERE tgfoid = 'append_only()'::regprocedure
    UNION SELECT d.objid FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
        JOIN pg_trigger t ON t.tgrelid = d.refobjid AND t.tgfoid = 'append_only()'::regprocedure
    UNION SELECT 'append_only()'::regprocedure;
GRANT SELECT ON promptaudit_guard.guarded TO PUBLIC;

-- Commands that alter one of these, and triggers and rules that are put on one of the tables.
CREATE FUNCTION promptaudit_guard.refuse_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
    refused text;
BEGIN
    SELECT c.object_identity INTO refused FROM pg_catalog.pg_event_trigger_ddl_commands() c
    WHERE EXISTS (SELECT FROM promptaudit_guard.guarded g WHERE g.object IN (c.objid,
        (SELECT t.tgrelid FROM pg_catalog.pg_trigger t WHERE t.oid = c.objid),
        (SELECT r.ev_class FROM pg_catalog.pg_rewrite r WHERE r.oid = c.objid)))
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '% is guarded', refused USING ERRCODE = 'restrict_violation';
    END IF;
END$$;

CREATE FUNCTION promptaudit_guard.refuse_drop() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
    refused text;
BEGIN
    SELECT d.object_identity INTO refused FROM pg_catalog.pg_event_trigger_dropped_objects() d
    JOIN promptaudit_guard.guarded g ON g.object = d.objid LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '% is guarded', refused USING ERRCODE = 'restrict_violation';
    END IF;
END$$;

CREATE EVENT TRIGGER promptaudit_ddl ON ddl_command_end EXECUTE FUNCTION promptaudit_guard.refuse_ddl();
CREATE EVENT TRIGGER promptaudit_drop ON sql_drop EXECUTE FUNCTION promptaudit_guard.refuse_drop();
ALTER EVENT TRIGGER promptaudit_ddl ENABLE ALWAYS;
ALTER EVENT TRIGGER promptaudit_drop ENABLE ALWAYS;

COMMIT;
