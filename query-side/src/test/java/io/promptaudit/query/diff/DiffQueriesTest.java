package io.promptaudit.query.diff;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.ChatMessage;
import io.promptaudit.api.Content;
import io.promptaudit.api.Grant;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.Role;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.event.PromptCommented;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.api.query.StoreQuery.CompareVersions;
import io.promptaudit.api.query.VersionDiff;
import io.promptaudit.api.query.VersionDiff.Change;
import io.promptaudit.api.query.VersionDiff.ConfigChange;
import io.promptaudit.api.query.VersionDiff.MessageChange;
import io.promptaudit.api.query.VersionDiff.TypeChange;
import io.promptaudit.query.store.EventStoreFixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

class DiffQueriesTest {
    private static final String PROMPT = "clinical/intake";

    private final EventStoreFixture store = new EventStoreFixture();
    private final DiffQueries queries = new DiffQueries(store.events());

    DiffQueriesTest() {
        record(new Content.Text("Ask.\r\nListen.\n"), Map.of("model", "a"));
        store.record(new PromptCommented(PROMPT, 1, "hm"), Instant.EPOCH, "ada");
        edit(2, new Content.Text("Ask.\r\nListen well.\n"), Map.of("model", "b"));
        edit(3, new Content.Chat(List.of(ChatMessage.of("system", "Be kind."), ChatMessage.placeholder("history"),
                ChatMessage.of("user", "{{question}}"))), Map.of());
        edit(4, new Content.Chat(List.of(ChatMessage.of("system", "Be kind and brief."), ChatMessage.of("user", "Hello"),
                ChatMessage.placeholder("past"), ChatMessage.of("user", "{{question}}"))), Map.of());
        store.record(new VersionImported(PROMPT, 5, PromptType.TEXT, new Content.Text("Ask.\r\nListen.\n"),
                Map.of("model", "a"), "note", "d", null, "bob", "2020-01-01T00:00:00Z", null), Instant.EPOCH, "ada");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void comparesTexts() {
        var diff = compare(1, 2);
        assertThat(diff.typeChanged()).isNull();
        assertThat(diff.messages()).isEmpty();
        assertThat(diff.config()).containsExactly(new ConfigChange.Changed("/model", "a", "b"));
        assertThat(Objects.requireNonNull(diff.content()).hunks()).singleElement()
                .satisfies(hunk -> assertThat(LinesTest.apply(List.of(hunk), "Ask.\r\nListen.\n"))
                        .isEqualTo("Ask.\r\nListen well.\n"));
    }

    @Test
    void findsNothingBetweenEqualVersions() {
        for (var diff : List.of(compare(1, 5), compare(5, 1), compare(2, 2), compare(3, 3))) {
            assertThat(diff.config()).isEmpty();
            assertThat(diff.content() == null || diff.content().hunks().isEmpty()).isTrue();
            assertThat(diff.messages()).allMatch(message -> message.change() == Change.SAME && message.hunks().isEmpty());
        }
    }

    @Test
    void comparesChatsMessageByMessage() {
        assertThat(compare(3, 4).content()).isNull();
        assertThat(compare(3, 4).messages())
                .extracting(MessageChange::from, MessageChange::to, MessageChange::change, MessageChange::role,
                        MessageChange::placeholder)
                .containsExactly(tuple(0, 0, Change.CHANGED, "system", null),
                        tuple(1, null, Change.REMOVED, null, "history"), tuple(null, 1, Change.ADDED, "user", null),
                        tuple(null, 2, Change.ADDED, null, "past"), tuple(2, 3, Change.SAME, "user", null));
    }

    @Test
    void takesAnotherTypeAsReplacedWhole() {
        var diff = compare(2, 3);
        assertThat(diff.typeChanged()).isEqualTo(new TypeChange(PromptType.TEXT, PromptType.CHAT));
        assertThat(diff.messages()).hasSize(3).allMatch(message -> message.change() == Change.ADDED);
        assertThat(Objects.requireNonNull(diff.content()).hunks()).singleElement()
                .satisfies(hunk -> assertThat(hunk.toCount()).isZero());
        assertThat(compare(3, 2).messages()).hasSize(3).allMatch(message -> message.change() == Change.REMOVED);
    }

    @Test
    void knowsNoVersionThatNobodyMade() {
        for (var pair : List.of(List.of(1, 6), List.of(6, 1), List.of(99, 99), List.of(0, 1))) {
            assertThat(unknown(caller("**"), pair.getFirst(), pair.getLast())).isEqualTo("version-not-found");
        }
    }

    private String unknown(Caller caller, int from, int to) {
        return catchThrowableOfType(UnknownThing.class,
                () -> queries.handle(new CompareVersions(caller, PROMPT, from, to))).type();
    }

    private VersionDiff compare(int from, int to) {
        return queries.handle(new CompareVersions(caller("clinical/*"), PROMPT, from, to));
    }

    private void record(Content content, Map<String, Object> config) {
        store.record(new PromptCreated(PROMPT, content.type(), content, config, "note", "d", null, null, null, List.of()),
                Instant.EPOCH, "ada");
    }

    private void edit(int version, Content content, Map<String, Object> config) {
        store.record(new PromptEdited(PROMPT, version, version - 1, content.type(), content, config, "note", "d" + version),
                Instant.EPOCH, "ada");
    }

    private static Caller caller(String pattern) {
        return new Caller("ada", AccountKind.PERSON, null, List.of(new Grant(Role.VIEWER, pattern)), "password");
    }
}
