package io.promptaudit.query.versions;

import java.util.List;

import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.query.CommentView;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.VersionView;
import io.promptaudit.api.query.ViewQuery.FindVersion;
import io.promptaudit.api.query.ViewQuery.ListComments;
import io.promptaudit.api.query.ViewQuery.ListVersions;
import io.promptaudit.query.review.Review;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Known;
import io.promptaudit.query.view.Paging;
import io.promptaudit.query.view.Paging.Mark;
import io.promptaudit.query.view.Signatories;
import io.promptaudit.query.view.Where;

/** Answers about versions. */
@Component
class VersionQueries {
    private final JdbcClient db;
    private final Known known;
    private final Signatories signatories;

    VersionQueries(JdbcClient db, Known known, Signatories signatories) {
        this.db = db;
        this.known = known;
        this.signatories = signatories;
    }

    @QueryHandler
    VersionView handle(FindVersion query) {
        known.requirePrompt(query.prompt(), query.position());
        return find(Where.current(Versions.GROUP).and("t.prompt = ?", query.prompt()).and("t.version = ?", query.version()), "")
                .stream().map(Paging.Row::value).findFirst().orElseThrow(() -> unknown(query.prompt(), query.version()));
    }

    @QueryHandler
    Page.Versions handle(ListVersions query) {
        known.requirePrompt(query.prompt(), query.position());
        return Paging.pageOfContents(query.slice().limit(), Mark.of(query.slice()), _ -> true, Page.Versions::new,
                (before, most) -> find(
                        Where.current(Versions.GROUP).and("t.prompt = ?", query.prompt()).and("t.seq < ?", before),
                        Where.newest(most, "t.prompt")));
    }

    @QueryHandler
    Page.Comments handle(ListComments query) {
        known.requirePrompt(query.prompt(), query.position());
        var version = Where.current(Versions.GROUP).and("t.prompt = ?", query.prompt()).and("t.version = ?", query.version());
        if (db.sql("select 1 from versions_version t" + version.sql()).params(version.parameters()).query(Integer.class).list()
                .isEmpty()) {
            throw unknown(query.prompt(), query.version());
        }
        return Paging.page(query.slice(), _ -> true, Page.Comments::new, (before, most) -> {
            var where = Where.current(Versions.GROUP).and("t.prompt = ?", query.prompt()).and("t.version = ?", query.version())
                    .and("t.seq < ?", before);
            return db.sql("select t.seq, t.body from versions_comment t" + where.sql()
                    + Where.newest(most, "t.prompt", "t.version")).params(where.parameters())
                    .query((row, _) -> new Paging.Row<>(row.getLong(1), Json.read(row.getString(2), CommentView.class))).list();
        });
    }

    private List<Paging.Row<VersionView>> find(Where where, String order) {
        var rows = db.sql("select t.seq, t.body, r.review, r.checks from versions_version t join versions_review r"
                + " on r.generation = t.generation and r.prompt = t.prompt and r.version = t.version" + where.sql()
                + order).params(where.parameters())
                .query((row, _) -> new Paging.Row<>(row.getLong("seq"), Review.version(row), row.getString("body").length()))
                .list();
        var signed = signatories.of(rows.stream().flatMap(row -> row.value().approvals().stream()));
        return rows.stream().map(row -> new Paging.Row<>(row.seq(), row.value().signed(signed), row.characters())).toList();
    }

    private static UnknownThing unknown(String prompt, int version) {
        return new UnknownThing("version-not-found", "The prompt \"%s\" has no version %d.".formatted(prompt, version));
    }
}
