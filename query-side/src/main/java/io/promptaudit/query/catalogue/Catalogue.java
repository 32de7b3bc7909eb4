package io.promptaudit.query.catalogue;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.ContentRead;
import io.promptaudit.api.event.EnvironmentEvent;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.ServerEvent;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.api.query.PromptView;
import io.promptaudit.query.review.Review;
import io.promptaudit.query.view.Columns;
import io.promptaudit.query.view.Follower;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Occurrence;
import io.promptaudit.query.view.View;
import io.promptaudit.query.view.ViewTable;

/** One row for each prompt; its tags and the environments it is active in beside it, to filter by. */
@Component
@ProcessingGroup(Catalogue.GROUP)
class Catalogue implements View {
    static final String GROUP = "catalogue"; // names the tracking token and the head: never rename
    private static final int LONGEST_TAG = 512;
    private static final int LONGEST_ENVIRONMENT = 255;

    private final JdbcClient db;
    private final Follower follower;

    Catalogue(JdbcClient db, Follower follower) {
        this.db = db;
        this.follower = follower;
    }

    @EventHandler
    void on(TrailEvent event, EventMessage<?> message, TrackingToken token) {
        follower.follow(this, event, message, token);
    }

    @Override
    public String name() {
        return GROUP;
    }

    @Override
    public List<ViewTable> tables() {
        return List.of(
                new ViewTable("catalogue_prompt", List.of("seq", "name"), List.of("state", "review", "words", "search", "body")),
                new ViewTable("catalogue_tag", List.of("seq", "name", "tag"), List.of()),
                new ViewTable("catalogue_active", List.of("seq", "name", "environment"), List.of()));
    }

    @Override
    public void apply(Occurrence when, int generation) {
        switch (when.event()) {
            case PromptEvent event -> apply(event, when, generation);
            case EnvironmentEvent _,AccountEvent _,CommandRefused _,SignInRefused _,ContentRead _,ServerEvent _ -> {
            }
        }
    }

    private void apply(PromptEvent event, Occurrence when, int generation) {
        var made = Entry.made(event, when);
        if (made != null) {
            insert(generation, when.position(), made);
            return;
        }
        var row = find(generation, event.prompt());
        var after = row.entry().after(event, when);
        if (!after.equals(row.entry())) {
            update(generation, row.seq(), row.entry(), after);
        }
    }

    private record Row(long seq, Entry entry) {}

    private Row find(int generation, String prompt) {
        return db.sql("select seq, review, words, body from catalogue_prompt where generation = ? and name = ?")
                .param(generation).param(prompt)
                .query((row, _) -> new Row(row.getLong(1), new Entry(Json.read(row.getString(4), PromptView.class),
                        Json.read(row.getString(2), Review.class), Json.read(row.getString(3), String.class))))
                .single();
    }

    private void insert(int generation, long seq, Entry entry) {
        var shown = entry.shown();
        db.sql("insert into catalogue_prompt (generation, seq, name, state, review, words, search, body)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?)").param(generation).param(seq).param(shown.name())
                .param(shown.state().name()).param(Json.write(entry.review())).param(Json.write(entry.words()))
                .param(search(entry)).param(Json.write(shown)).update();
        tags(shown).forEach(tag -> insert("catalogue_tag", "tag", generation, seq, shown.name(), tag));
    }

    private void update(int generation, long seq, Entry before, Entry after) {
        var shown = after.shown();
        db.sql("update catalogue_prompt set state = ?, review = ?, body = ? where generation = ? and name = ?")
                .param(shown.state().name()).param(Json.write(after.review())).param(Json.write(shown)).param(generation)
                .param(shown.name()).update();
        if (!search(before).equals(search(after))) {
            db.sql("update catalogue_prompt set words = ?, search = ? where generation = ? and name = ?")
                    .param(Json.write(after.words())).param(search(after)).param(generation).param(shown.name()).update();
        }
        replace("catalogue_tag", "tag", generation, seq, shown.name(), tags(before.shown()), tags(shown));
        replace("catalogue_active", "environment", generation, seq, shown.name(), environments(before.shown()),
                environments(shown));
    }

    private void replace(String table, String column, int generation, long seq, String name, Set<String> before,
            Set<String> after) {
        difference(before, after).forEach(
                gone -> db.sql("delete from " + table + " where generation = ? and name = ? and " + column + " = ?")
                        .param(generation).param(name).param(gone).update());
        difference(after, before).forEach(come -> insert(table, column, generation, seq, name, come));
    }

    private void insert(String table, String column, int generation, long seq, String name, String value) {
        db.sql("insert into " + table + " (generation, seq, name, " + column + ") values (?, ?, ?, ?)").param(generation)
                .param(seq).param(name).param(value).update();
    }

    private static Set<String> difference(Set<String> all, Set<String> without) {
        var rest = new HashSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    private static Set<String> tags(PromptView shown) {
        return shown.tags().stream().map(tag -> Columns.fit(tag, LONGEST_TAG)).collect(Collectors.toSet());
    }

    private static Set<String> environments(PromptView shown) {
        return shown.active().stream().map(in -> Columns.fit(in.environment(), LONGEST_ENVIRONMENT)).collect(Collectors.toSet());
    }

    private static String search(Entry entry) {
        var shown = entry.shown();
        return Columns.search(Stream
                .of(Stream.of(shown.name(), shown.title()), shown.tags().stream(), Stream.of(entry.words()))
                .flatMap(words -> words).filter(Objects::nonNull).collect(Collectors.joining("\n")));
    }
}
