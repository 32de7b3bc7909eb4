package io.promptaudit.query.catalogue;

import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.PromptView;
import io.promptaudit.api.query.ViewQuery.FindPrompt;
import io.promptaudit.api.query.ViewQuery.ListPrompts;
import io.promptaudit.query.gate.Sight;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Paging;
import io.promptaudit.query.view.ViewHeads;
import io.promptaudit.query.view.Where;

/** Answers from the catalogue. */
@Component
class CatalogueQueries {
    private final JdbcClient db;
    private final ViewHeads heads;

    CatalogueQueries(JdbcClient db, ViewHeads heads) {
        this.db = db;
        this.heads = heads;
    }

    @QueryHandler
    PromptView handle(FindPrompt query) {
        heads.await(Catalogue.GROUP, query.position());
        var where = Where.current(Catalogue.GROUP).and("t.name = ?", query.prompt());
        return db.sql("select t.body from catalogue_prompt t" + where.sql()).params(where.parameters())
                .query((row, _) -> Json.read(row.getString(1), PromptView.class)).optional()
                .orElseThrow(() -> Sight.unknownPrompt(query.prompt()));
    }

    @QueryHandler
    Page.Prompts handle(ListPrompts query) {
        heads.await(Catalogue.GROUP, query.position());
        return Paging.page(query.slice(), prompt -> query.caller().sees(prompt.name()), Page.Prompts::new, (before, most) -> {
            var where = Where.current(Catalogue.GROUP).and("t.seq < ?", before).andPerhapsSeen(query.caller(), "t.name")
                    .andContains("t.search", query.text()).andBelow("t.name", query.folder())
                    .andIf(query.state() == null ? null : query.state().name(), "t.state = ?")
                    .andIf(query.tag(), "exists (select 1 from catalogue_tag g"
                            + " where g.generation = t.generation and g.name = t.name and g.tag = ?)")
                    .andIf(query.environment(), "exists (select 1 from catalogue_active a"
                            + " where a.generation = t.generation and a.name = t.name and a.environment = ?)");
            return db.sql("select t.seq, t.body from catalogue_prompt t" + where.sql() + Where.newest(most))
                    .params(where.parameters())
                    .query((row, _) -> new Paging.Row<>(row.getLong(1), Json.read(row.getString(2), PromptView.class))).list();
        });
    }
}
