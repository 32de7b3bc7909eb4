package io.promptaudit.server.guard;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The guards of a PostgreSQL, as the server's own user sees them: its rights, which it also tries out, and in the catalogue the
 * trigger on each table, the function behind it, and what {@code docs/postgresql-guards.sql} makes.
 */
public final class PostgresGuards implements Guards {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    /** The body of {@code append_only()} in the migration. */
    private static final String BODY = "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END";
    /** Of {@code pg_trigger.tgtype}: before (2) a statement that deletes (8), updates (16) or truncates (32). */
    private static final int TYPE = 2 + 8 + 16 + 32;

    /** SHA-256 of the functions in the script. */
    private static final String REFUSE_DDL = "bffb37a1bd746e3e0c2604b2bfb588c1b44a505608243ccc67ce0b3bb9145099";
    private static final String REFUSE_DROP = "f3a4803f9bbff62169dda4fdd839beb70cf2cb0bccb50ac49fc10aa6cb955873";

    private final JdbcClient db;
    private final Attempts runtime;

    /** Somebody whom no guard stops would be using the database for the server. */
    public static final class SuperuserRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SuperuserRefused(String user) {
            super("The database's user %s is a superuser, or can become one: nothing keeps it from changing what is recorded."
                    .formatted(user));
        }
    }

    /** Asks as {@code runtime}, as whom the server works. */
    public PostgresGuards(DataSource runtime) {
        this.db = JdbcClient.create(runtime);
        this.runtime = new Attempts(runtime);
    }

    /**
     * Returns when the server's own user is an ordinary one.
     *
     * @throws SuperuserRefused when it is a superuser, or a member of one
     */
    public void refuseSuperuser() {
        if (isSuperuser()) {
            throw new SuperuserRefused(db.sql("select current_user").query(String.class).single());
        }
    }

    @Override
    public List<String> missing() {
        var missing = new ArrayList<String>();
        if (isSuperuser()) {
            missing.add("the server's own user is a superuser");
        }
        for (AppendOnly one : AppendOnly.TABLES) {
            if (mayChange(one.table()) || !runtime.areRefused(one.attempts(), INSUFFICIENT_PRIVILEGE)) {
                missing.add("the server's own user may change " + one.table());
            }
            if (!isGuarded(one.table())) {
                missing.add("no trigger keeps the owner from changing " + one.table());
            }
            if (hasOthers(one.table())) {
                missing.add(one.table() + " has a trigger or rule that is not the server's");
            }
            if (isSealed() && !isSealed(one.table())) {
                missing.add("nothing keeps the owner from removing the guards of " + one.table());
            }
        }
        return missing;
    }

    private boolean isSuperuser() {
        return is("select exists (select from pg_roles where rolsuper and pg_has_role(current_user, oid, 'MEMBER'))");
    }

    /** By itself, or in a role that it can take on. */
    private boolean mayChange(String table) {
        return is("""
                select exists (select from pg_class c, pg_roles r
                    where c.oid = to_regclass(?) and pg_has_role(current_user, r.oid, 'MEMBER') and (r.oid = c.relowner
                        or has_table_privilege(r.oid, c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')
                        or has_any_column_privilege(r.oid, c.oid, 'UPDATE')))""", table);
    }

    /** Whether our trigger is there for every change, without condition, enabled for everybody, and calls what it should. */
    private boolean isGuarded(String table) {
        return is("""
                select exists (select from pg_trigger t join pg_proc f on f.oid = t.tgfoid
                    where t.tgrelid = to_regclass(?) and t.tgenabled = 'A' and t.tgtype = ? and t.tgqual is null
                        and cardinality(t.tgattr) = 0 and f.prosrc = ?)""", table, TYPE, BODY);
    }

    private boolean hasOthers(String table) {
        return is("""
                select exists (select from pg_trigger t join pg_proc f on f.oid = t.tgfoid
                        where t.tgrelid = to_regclass(?) and not t.tgisinternal and f.proname <> 'append_only')
                    or exists (select from pg_rewrite where ev_class = to_regclass(?))""", table, table);
    }

    /** Whether a superuser has run the script: then the function belongs to nobody who can sign in. */
    private boolean isSealed() {
        return is("""
                select exists (select from pg_proc
                    where proname = 'append_only' and pg_get_userbyid(proowner) = 'promptaudit_guard')""");
    }

    /** Whether both event triggers are there for every command and everybody, do what they should, and know the table. */
    private boolean isSealed(String table) {
        return is("select to_regclass('promptaudit_guard.guarded') is not null") && is("""
                select (select count(*) from pg_event_trigger e join pg_proc f on f.oid = e.evtfoid
                        where e.evtenabled = 'A' and e.evttags is null
                            and (e.evtevent, encode(sha256(convert_to(replace(f.prosrc, chr(13), ''), 'UTF8')), 'hex'))
                                in (('ddl_command_end', ?), ('sql_drop', ?))) = 2
                    and exists (select from promptaudit_guard.guarded where object = to_regclass(?))""", REFUSE_DDL, REFUSE_DROP,
                table);
    }

    private boolean is(String question, Object... parameters) {
        return db.sql(question).params(parameters).query(Boolean.class).single();
    }
}
