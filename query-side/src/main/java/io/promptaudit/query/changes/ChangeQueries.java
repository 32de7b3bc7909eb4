package io.promptaudit.query.changes;

import java.util.List;

import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.query.ChangeView;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ViewQuery.FindChange;
import io.promptaudit.api.query.ViewQuery.ListChanges;
import io.promptaudit.query.gate.Sight;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Paging;
import io.promptaudit.query.view.ViewHeads;
import io.promptaudit.query.view.Where;

/** Answers about changes that waited, or wait, for a second admin: to who reads everything, and to nobody else. */
@Component
class ChangeQueries {
    private final JdbcClient db;
    private final ViewHeads heads;

    ChangeQueries(JdbcClient db, ViewHeads heads) {
        this.db = db;
        this.heads = heads;
    }

    @QueryHandler
    Page.Changes handle(ListChanges query) {
        heads.await(Changes.GROUP, query.position());
        boolean sees = query.caller().readsEverything();
        return Paging.page(query.slice(), _ -> true, Page.Changes::new, (before, most) -> sees
                ? find(Where.current(Changes.GROUP).and("t.seq < ?", before)
                        .andIf(query.state() == null ? null : query.state().name(), "t.state = ?"),
                        query.state() == null ? Where.newest(most) : Where.newest(most, "t.state"))
                : List.of());
    }

    @QueryHandler
    ChangeView handle(FindChange query) {
        heads.await(Changes.GROUP, query.position());
        var where = Where.current(Changes.GROUP).and("t.id = ?", query.change());
        return find(where, Where.sorted(1)).stream().map(Paging.Row::value).findFirst()
                .orElseThrow(() -> Sight.unknownChange(query.change()));
    }

    private List<Paging.Row<ChangeView>> find(Where where, String order) {
        return db.sql("select t.seq, t.body from changes_change t" + where.sql() + order).params(where.parameters())
                .query((row, _) -> new Paging.Row<>(row.getLong(1), Json.read(row.getString(2), ChangeView.class))).list();
    }
}
