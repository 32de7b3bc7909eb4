package io.promptaudit.query.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Role;
import io.promptaudit.api.query.StoreQuery.ListStoredEvents;
import io.promptaudit.api.query.StoreQuery.ReplayPrompt;

import static org.assertj.core.api.Assertions.assertThat;

/** The same statements on the other database. */
class StoreQueriesOnPostgresTest {
    private static final Caller AUDITOR = new Caller("otto", AccountKind.PERSON, null,
            List.of(new Grant(Role.AUDITOR, Grant.EVERY_PROMPT)), "password");

    @Test
    void answersAsOnH2() throws IOException {
        var trail = RandomTrail.of(new Random(21), 230);
        try (var postgres = EmbeddedPostgres.start();
                var there = new EventStoreFixture(postgres.getPostgresDatabase(), "BYTEA", () -> {});
                var here = new EventStoreFixture()) {
            var answers = List.of(answers(there, trail), answers(here, trail));
            assertThat(answers.getFirst()).isNotEmpty().isEqualTo(answers.getLast());
        }
    }

    private static List<Object> answers(EventStoreFixture store, List<RecordedEvent> trail) {
        store.record(trail);
        store.recordWithoutPosition(trail.getLast().event(), trail.getLast().when().at(), "ada");
        var queries = new StoreQueries(store.events(), store.signatories());
        var answers = new ArrayList<Object>();
        String cursor = null;
        do {
            var page = queries.handle(new ListStoredEvents(AUDITOR, RandomTrail.PROMPT, cursor, 100));
            answers.addAll(page.items());
            cursor = page.cursor();
        } while (cursor != null);
        answers.add(queries.handle(
                new ReplayPrompt(AUDITOR, RandomTrail.PROMPT, null, trail.get(trail.size() / 2).when().at())));
        answers.add(queries.handle(new ReplayPrompt(AUDITOR, RandomTrail.PROMPT, null, null)));
        return answers;
    }
}
