package io.promptaudit.query.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.Content;
import io.promptaudit.api.Grant;
import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.Role;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.event.ApprovalRequested;
import io.promptaudit.api.event.CountedApproval;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.query.ApprovalView;
import io.promptaudit.api.query.ReplayedPrompt;
import io.promptaudit.api.query.StoreQuery.ListStoredEvents;
import io.promptaudit.api.query.StoreQuery.ReplayPrompt;
import io.promptaudit.api.query.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class StoreQueriesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Caller AUDITOR = caller(new Grant(Role.AUDITOR, Grant.EVERY_PROMPT));

    private final EventStoreFixture store = new EventStoreFixture();
    private final StoreQueries queries = new StoreQueries(store.events(), store.signatories());

    @AfterEach
    void close() {
        store.close();
    }

    @Nested
    class Events {
        @Test
        void areTheStoredBytes() {
            byte[] payload = "{ \"n\" : 1.10,\"a\":\"\u00e9\ud83d\ude42\" }\r\n".getBytes(StandardCharsets.UTF_8);
            byte[] metadata = "no json \u00ff".getBytes(StandardCharsets.ISO_8859_1);
            String id = store.insert("p", "some.Type", "7", NOON, payload, metadata);
            store.givePositions();
            var event = page(null, 50).getFirst();
            assertThat(Base64.getDecoder().decode(event.payload())).isEqualTo(payload);
            assertThat(Base64.getDecoder().decode(event.metadata())).isEqualTo(metadata);
            assertThat(event.payloadDigest()).matches("sha256:[0-9a-f]{64}");
            assertThat(event.payloadDigest()).isNotEqualTo(event.metadataDigest());
            assertThat(event.readable().payload()).hasToString("{n=1.10, a=\u00e9\ud83d\ude42}");
            assertThat(event.readable().metadata()).isNull();
            assertThat(event).extracting(StoredEvent::eventId, StoredEvent::type, StoredEvent::revision,
                    StoredEvent::sequence, StoredEvent::position, StoredEvent::recordedAt)
                    .containsExactly(id, "some.Type", "7", 0L, 1L, NOON);
        }

        @Test
        void comePageByPageOnceEach() {
            create("p");
            for (int version = 2; version <= 25; version++) {
                edit("p", version, "text");
            }
            for (int limit : List.of(1, 7, 24, 25, 26, 200)) {
                var seen = new ArrayList<Long>();
                String cursor = null;
                do {
                    var page = queries.handle(new ListStoredEvents(AUDITOR, "p", cursor, limit));
                    assertThat(page.items()).hasSizeBetween(1, limit);
                    page.items().forEach(event -> seen.add(event.sequence()));
                    cursor = page.cursor();
                } while (cursor != null);
                assertThat(seen).as("limit %d", limit).hasSize(25).doesNotHaveDuplicates().isSorted();
            }
        }

        @Test
        void ofGreatLengthMakeShorterPages() {
            create("p");
            for (int version = 2; version <= 20; version++) {
                edit("p", version, "x".repeat(1 << 20));
            }
            var page = queries.handle(new ListStoredEvents(AUDITOR, "p", null, 200));
            assertThat(page.items()).hasSizeBetween(7, 9);
            assertThat(page.cursor()).isNotNull();
        }

        @Test
        void areNotShownBeforeTheyHaveAPosition() {
            store.recordWithoutPosition(created("p"), NOON, "ada");
            assertThat(unknown(() -> queries.handle(new ListStoredEvents(AUDITOR, "p", null, 50))))
                    .isEqualTo("prompt-not-found");
            store.givePositions();
            store.recordWithoutPosition(edited("p", 2, "x"), NOON, "ada");
            assertThat(page(null, 50)).hasSize(1);
            assertThat(queries.handle(new ReplayPrompt(AUDITOR, "p", null, null)).latestVersion()).isEqualTo(1);
        }

        @Test
        void refuseACursorOrLimitThatIsNone() {
            create("p");
            assertThat(malformed(() -> page("never", 50))).isEqualTo("cursor");
            assertThat(malformed(() -> page("LTE", 50))).isEqualTo("cursor");
            assertThat(malformed(() -> page(null, 0))).isEqualTo("limit");
            assertThat(malformed(() -> page(null, 201))).isEqualTo("limit");
        }

        private List<StoredEvent> page(@Nullable String cursor, int limit) {
            return queries.handle(new ListStoredEvents(AUDITOR, "p", cursor, limit)).items();
        }
    }

    @Nested
    class Replay {
        @Test
        void readsBackWhatWasStored() {
            for (long seed = 0; seed < 5; seed++) {
                var trail = RandomTrail.of(new Random(seed), 250);
                var expected = new PromptReplay();
                trail.forEach(expected::apply);
                try (var fresh = new EventStoreFixture()) {
                    fresh.record(trail);
                    var state = new StoreQueries(fresh.events(), fresh.signatories())
                            .handle(new ReplayPrompt(AUDITOR, RandomTrail.PROMPT, null, null));
                    assertThat(state).as("seed %d", seed)
                            .isEqualTo(expected.state().signed(fresh.signatories().of(expected.state().approvals())));
                }
            }
        }

        @Test
        void namesWhoApprovedAsTheyWereCalledThen() {
            create("p");
            String approval = store.record(new PromptApproved("p", 1, "d", null, "review"), NOON.plusSeconds(9), "bob");
            store.record(new PromptDeployed("p", 1, "lab", "d", "try", null, false, 1,
                    List.of(new CountedApproval(approval, "bob", NOON.plusSeconds(9), "review")), List.of(), null, null), NOON,
                    "dep");
            var signed = new ApprovalView(approval, "bob", null, "Name of bob", NOON.plusSeconds(9), null, "review");
            assertThat(replay(null, null).approvals()).containsExactly(signed, signed);
            store.erase("bob");
            assertThat(replay(null, null).approvals()).extracting(ApprovalView::displayName).containsOnlyNulls();
        }

        @Test
        void namesWhomEachActedFor() {
            create("p");
            store.record(new ApprovalRequested("p", 1, null, List.of()), NOON, "ci", "ann");
            String approval = store.record(new PromptApproved("p", 1, "d", null, "review"), NOON, "ci", "bob");
            store.record(new PromptDeployed("p", 1, "lab", "d", "try", "INC-1", true, 1,
                    List.of(new CountedApproval(approval, "ci", NOON, "review")), List.of(), null, null), NOON, "ci", "dan");
            var state = replay(null, null);
            assertThat(state.versions().getFirst().requests()).extracting(ReplayedPrompt.Request::onBehalfOf)
                    .containsExactly("ann");
            assertThat(state.approvals()).extracting(ApprovalView::onBehalfOf).containsExactly("bob", "bob");
            assertThat(state.deployments()).extracting(ReplayedPrompt.Deployment::onBehalfOf).containsExactly("dan");
            assertThat(state.emergencies()).extracting(ReplayedPrompt.Emergency::onBehalfOf).containsExactly("dan");
        }

        @Test
        void stopsAtASequenceNumber() {
            create("p");
            edit("p", 2, "two");
            edit("p", 3, "three");
            var state = replay(1L, null);
            assertThat(state).extracting(ReplayedPrompt::sequence, ReplayedPrompt::position,
                    ReplayedPrompt::latestVersion, ReplayedPrompt::at).containsExactly(1L, 2L, 2, NOON.plusSeconds(2));
            assertThat(state.versions()).extracting(ReplayedPrompt.Version::content)
                    .containsExactly(new Content.Text("one"), new Content.Text("two"));
            assertThat(replay(null, null).latestVersion()).isEqualTo(3);
        }

        @Test
        void stopsAtAMoment() {
            create("p");
            edit("p", 2, "two");
            assertThat(replay(null, NOON.plusSeconds(1)).latestVersion()).isEqualTo(1);
            assertThat(replay(null, NOON.plusSeconds(2)).latestVersion()).isEqualTo(2);
            assertThat(replay(null, NOON.plusSeconds(999)).sequence()).isEqualTo(1);
        }

        @Test
        void knowsNothingBeforeTheBeginningNorAfterTheEnd() {
            create("p");
            assertThat(unknown(() -> replay(null, NOON))).isEqualTo("never-existed-then");
            assertThat(unknown(() -> replay(1L, null))).isEqualTo("sequence-not-found");
        }

        @Test
        void refusesTwoPointsOrANegativeOne() {
            create("p");
            assertThat(malformed(() -> replay(0L, NOON))).isEqualTo("at");
            assertThat(malformed(() -> replay(-1L, null))).isEqualTo("sequence");
        }

        @Test
        void isOfNoMoreThanFitsTheMemory() {
            create("p");
            for (int version = 2; version <= 66; version++) {
                edit("p", version, "x".repeat(1 << 20));
            }
            assertThatThrownBy(() -> queries.handle(new ReplayPrompt(AUDITOR, "p", null, null))).isInstanceOf(InvalidValue.class)
                    .hasMessage("sequence must be less than 65: up to there the events hold more than 64 MiB");
            assertThat(queries.handle(new ReplayPrompt(AUDITOR, "p", 60L, null)).latestVersion()).isEqualTo(61);
        }

        @Test
        void refusesAStoreThatLostAnEvent() {
            create("p");
            edit("p", 2, "two");
            edit("p", 3, "three");
            store.db().sql("delete from domain_event where sequence_number = 1").update();
            assertThatThrownBy(() -> replay(null, null)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("event 1 of prompt \"p\" is missing");
        }

        private ReplayedPrompt replay(@Nullable Long sequence, @Nullable Instant at) {
            return queries.handle(new ReplayPrompt(AUDITOR, "p", sequence, at));
        }
    }

    private void create(String prompt) {
        store.record(created(prompt), NOON.plusSeconds(1), "ada");
    }

    private void edit(String prompt, int version, String text) {
        store.record(edited(prompt, version, text), NOON.plusSeconds(version), "ada");
    }

    private static PromptCreated created(String prompt) {
        return new PromptCreated(prompt, PromptType.TEXT, new Content.Text("one"), Map.of(), "first", "d1", null, null,
                null, List.of());
    }

    private static PromptEdited edited(String prompt, int version, String text) {
        return new PromptEdited(prompt, version, version - 1, PromptType.TEXT, new Content.Text(text), Map.of(), "note",
                "d" + version);
    }

    private static Caller caller(Grant grant) {
        return new Caller("ada", AccountKind.PERSON, null, List.of(grant), "password");
    }

    private static String malformed(Runnable call) {
        return catchThrowableOfType(MalformedRequest.class, call::run).field();
    }

    private static String unknown(Runnable call) {
        return catchThrowableOfType(UnknownThing.class, call::run).type();
    }
}
