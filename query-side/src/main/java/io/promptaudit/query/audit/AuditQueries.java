package io.promptaudit.query.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.Caller;
import io.promptaudit.api.PersonalDetails;
import io.promptaudit.api.query.Action;
import io.promptaudit.api.query.AuditEntry;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ViewQuery.ReadHistory;
import io.promptaudit.api.query.ViewQuery.SearchAudit;
import io.promptaudit.query.gate.Sight;
import io.promptaudit.query.view.Columns;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Known;
import io.promptaudit.query.view.Paging;
import io.promptaudit.query.view.Paging.Row;
import io.promptaudit.query.view.ViewHeads;
import io.promptaudit.query.view.Where;

/** Answers from the readable trail. What was done to a prompt is shown to who sees the prompt, the rest to who reads everything. */
@Component
class AuditQueries {
    private static final String OWN = "t.prompt is null and t.subject = ?";

    private final JdbcClient db;
    private final ViewHeads heads;
    private final Known known;
    private final PersonalDetails.Vault vault;

    AuditQueries(JdbcClient db, ViewHeads heads, Known known, PersonalDetails.Vault vault) {
        this.db = db;
        this.heads = heads;
        this.known = known;
        this.vault = vault;
    }

    @QueryHandler
    Page.Trail handle(ReadHistory query) {
        known.requirePrompt(query.prompt(), query.position());
        return search(new SearchAudit(query.caller(), query.position(), null, null, query.prompt(), null, null, null, null, null,
                query.slice()), false);
    }

    @QueryHandler
    Page.Trail handle(SearchAudit query) {
        return search(query, query.caller().readsEverything());
    }

    /** @param reads whether the answer tells who read what; a prompt's history tells what was done to it */
    private Page.Trail search(SearchAudit query, boolean reads) {
        heads.await(Audit.GROUP, query.position());
        var caller = query.caller();
        if (query.prompt() != null && !caller.sees(query.prompt())) {
            // Without a look: how long it takes must not tell either whether there is such a prompt.
            return new Page.Trail(List.of(), null);
        }
        return Paging.page(query.slice(), entry -> Sight.sees(caller, entry), Page.Trail::new,
                (before, most) -> query.actor() == null
                        ? find(query, reads, null, before, most)
                        : ofEitherName(name -> find(query, reads, name, before, most), most));
    }

    /** What somebody did and what was done for them, from an index each: no single one is walked to find both. */
    private static List<Row<AuditEntry>> ofEitherName(Function<String, List<Row<AuditEntry>>> find, int most) {
        return Stream.of("t.actor", "t.on_behalf_of").flatMap(name -> find.apply(name).stream()).distinct()
                .sorted(Comparator.<Row<AuditEntry>>comparingLong(Row::seq).reversed()).limit(most).toList();
    }

    /** @param name the column that holds the actor who is asked for, or null */
    private List<Row<AuditEntry>> find(SearchAudit query, boolean reads, @Nullable String name, long before, int most) {
        var caller = query.caller();
        var where = Where.current(Audit.GROUP).and("t.seq < ?", before)
                .andPerhapsSeen(caller, "t.prompt", OWN, caller.account()).andIf(query.actor(), name + " = ?")
                .andIf(query.action() == null ? null : query.action().id(), "t.action = ?")
                .andIf(query.prompt(), "t.prompt = ?").andIf(query.environment(), "t.environment = ?")
                .andIf(query.outcome() == null ? null : query.outcome().name(), "t.outcome = ?")
                .andIf(query.from() == null ? null : Columns.time(query.from()), "t.recorded_at >= ?")
                .andIf(query.to() == null ? null : Columns.time(query.to()), "t.recorded_at < ?")
                .andContains("t.search", query.text())
                .andIf(reads ? null : Action.READ_CONTENT.id(), "t.action <> ?");
        return db.sql("select t.seq, t.personal, t.body from audit_entry t" + where.sql() + order(query, name, most))
                .params(where.parameters()).query((row, _) -> new Row<>(row.getLong(1), opened(caller, row))).list();
    }

    /** Walks the index of the most telling condition; for a stretch of time alone the database chooses. */
    private static String order(SearchAudit query, @Nullable String name, int most) {
        if (query.prompt() != null) {
            return Where.newest(most, "t.prompt");
        }
        if (name != null) {
            return Where.newest(most, name);
        }
        return query.from() == null && query.to() == null
                ? Where.newest(most)
                : Where.sorted(most);
    }

    /** From where somebody acted is for auditors and for themselves. */
    private AuditEntry opened(Caller caller, ResultSet row) throws SQLException {
        var entry = Json.read(row.getString("body"), AuditEntry.class);
        String sealed = row.getString("personal");
        if (entry.action().equals(Action.SIGN_IN.id())) {
            // Told by the server, which is nobody; from where, is sealed for the account that was tried.
            var tried = entry.account() == null ? null : vault.open(entry.account(), sealed);
            return entry.opened(tried == null ? null : new PersonalDetails(null, tried.address(), tried.userAgent()),
                    caller.readsEverything());
        }
        return entry.opened(vault.open(entry.actor(), sealed),
                caller.readsEverything() || caller.account().equals(entry.actor()));
    }
}
