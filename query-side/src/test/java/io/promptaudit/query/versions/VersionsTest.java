package io.promptaudit.query.versions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.ChatMessage;
import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.VersionState;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.CheckRecorded;
import io.promptaudit.api.event.PromptCommented;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.query.ApprovalView;
import io.promptaudit.api.query.CheckView;
import io.promptaudit.api.query.CommentView;
import io.promptaudit.api.query.ImportView;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.RejectionView;
import io.promptaudit.api.query.Slice;
import io.promptaudit.api.query.VersionView;
import io.promptaudit.api.query.ViewQuery.FindVersion;
import io.promptaudit.api.query.ViewQuery.ListComments;
import io.promptaudit.api.query.ViewQuery.ListVersions;
import io.promptaudit.query.view.ReadSide;
import io.promptaudit.query.view.ReadSide.Callers;
import io.promptaudit.query.view.Trail;

import static io.promptaudit.query.view.Events.approved;
import static io.promptaudit.query.view.Events.created;
import static io.promptaudit.query.view.Events.edited;
import static io.promptaudit.query.view.Events.imported;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class VersionsTest {
    private final ReadSide side = ReadSide.onH2();

    @AfterEach
    void close() {
        side.close();
    }

    private VersionView find(String prompt, int version) {
        return side.ask(new FindVersion(Callers.EVERYONE, null, prompt, version), VersionView.class);
    }

    @Test
    void givesTextBackAsItCame() {
        String text = "\u0000\r\n\t{{x}} \u202e😀 é\u0301 \"quoted\" \\ \u2028 end ";
        side.given("ann", created("p", text));
        assertThat(find("p", 1)).satisfies(version -> {
            assertThat(version.content()).isEqualTo(new Content.Text(text));
            assertThat(version.config()).isEqualTo(Map.of("model", "m-1"));
            assertThat(version.author()).isEqualTo("ann");
            assertThat(version.recordedAt()).isEqualTo(side.now());
            assertThat(version.imported()).isNull();
        });
    }

    @Test
    void givesChatAndConfigBackAsTheyCame() {
        var chat = new Content.Chat(List.of(ChatMessage.of("system", "Be kind"), ChatMessage.placeholder("history")));
        Map<String, Object> config = Map.of("deep", List.of(1, 2.5, true, Map.of("k", "v")), "big", 12345678901L);
        side.given("ann", new PromptCreated("p", PromptType.CHAT, chat, config, "", "sha256:x", null, null, null, List.of()));
        assertThat(find("p", 1).content()).isEqualTo(chat);
        assertThat(find("p", 1).config()).isEqualTo(config);
    }

    @Test
    void listsFewerOnAPageWhereTheyAreLong() {
        side.given("ann", created("p"));
        for (int version = 2; version <= 12; version++) {
            side.given("ann", edited("p", version, "x".repeat(1 << 20)));
        }
        var versions = new ArrayList<Integer>();
        var sizes = new ArrayList<Integer>();
        String cursor = null;
        do {
            var page = side.ask(new ListVersions(Callers.EVERYONE, null, "p", new Slice(Slice.MOST, cursor)),
                    Page.Versions.class);
            page.items().forEach(version -> versions.add(version.version()));
            sizes.add(page.items().size());
            cursor = page.cursor();
        } while (cursor != null);
        assertThat(versions).containsExactly(12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(sizes).containsExactly(7, 5);
    }

    @Test
    void showsStandingApprovalsRejectionsAndEveryCheck() {
        side.given("ann", created("p"));
        side.given("ci", new CheckRecorded("p", 1, "bias", CheckOutcome.FAILED, "https://ci/1", null));
        side.given("ci", new CheckRecorded("p", 1, "bias", CheckOutcome.PASSED, null, "sha256:r"));
        String approval = Trail.id(side.given("bob", approved("p", 1)));
        String rejection = Trail.id(side.given("cyd", new PromptRejected("p", 1, "unsafe")));
        assertThat(find("p", 1)).satisfies(version -> {
            assertThat(version.state()).isEqualTo(VersionState.REJECTED);
            assertThat(version.approvals())
                    .containsExactly(new ApprovalView(approval, "bob", null, "Name of bob", side.now().minusSeconds(1), "fine",
                            "approval"));
            assertThat(version.rejections()).extracting(RejectionView::rejection, RejectionView::reason)
                    .containsExactly(tuple(rejection, "unsafe"));
            assertThat(version.checks()).extracting(CheckView::outcome)
                    .containsExactly(CheckOutcome.FAILED, CheckOutcome.PASSED);
        });
        side.given("bob", new ApprovalRevoked("p", 1, List.of(approval), "wrong"));
        assertThat(find("p", 1).approvals()).isEmpty();
    }

    @Test
    void namesWhomEachActedFor() {
        side.given("bot", "ann", created("p"));
        side.given("ci", "ann", new CheckRecorded("p", 1, "bias", CheckOutcome.PASSED, null, null));
        side.given("ci", "bob", approved("p", 1));
        side.given("ci", "cyd", new PromptRejected("p", 1, "unsafe"));
        side.given("ci", "dan", new PromptCommented("p", 1, "hm"));
        assertThat(find("p", 1)).satisfies(version -> {
            assertThat(version.author()).isEqualTo("bot");
            assertThat(version.onBehalfOf()).isEqualTo("ann");
            assertThat(version.checks()).extracting(CheckView::account, CheckView::onBehalfOf)
                    .containsExactly(tuple("ci", "ann"));
            assertThat(version.approvals()).extracting(ApprovalView::account, ApprovalView::onBehalfOf,
                    ApprovalView::displayName).containsExactly(tuple("ci", "bob", "Name of ci"));
            assertThat(version.rejections()).extracting(RejectionView::account, RejectionView::onBehalfOf)
                    .containsExactly(tuple("ci", "cyd"));
        });
        assertThat(side.ask(new ListComments(Callers.EVERYONE, null, "p", 1, Slice.first()), Page.Comments.class).items())
                .extracting(CommentView::account, CommentView::onBehalfOf).containsExactly(tuple("ci", "dan"));
    }

    @Test
    void forgetsTheNameOfAnErasedSigner() {
        side.given("ann", created("p"));
        side.given("bob", approved("p", 1));
        side.erase("bob");
        assertThat(find("p", 1).approvals()).extracting(ApprovalView::account, ApprovalView::displayName)
                .containsExactly(tuple("bob", null));
    }

    @Test
    void saysThatAnImportedVersionWasNotWitnessed() {
        side.given("imp", imported("p", 1));
        assertThat(find("p", 1).author()).isEqualTo("imp");
        assertThat(find("p", 1).imported()).isEqualTo(new ImportView("Ada", "2019-05-01T00:00:00Z", "abc123", false));
    }

    @Test
    void listsVersionsAndCommentsNewestFirst() {
        side.given("ann", created("p"));
        for (int version = 2; version <= 7; version++) {
            side.given("ann", edited("p", version));
        }
        var first = side.ask(new ListVersions(Callers.EVERYONE, null, "p", new Slice(4, null)), Page.Versions.class);
        side.given("ann", edited("p", 8));
        var second = side.ask(new ListVersions(Callers.EVERYONE, null, "p", new Slice(4, first.cursor())), Page.Versions.class);
        assertThat(first.items()).extracting(VersionView::version).containsExactly(7, 6, 5, 4);
        assertThat(second.items()).extracting(VersionView::version).containsExactly(3, 2, 1);
        assertThat(second.cursor()).isNull();
        side.given("bob", new PromptCommented("p", 2, "one"));
        side.given("cyd", new PromptCommented("p", 2, "two"));
        assertThat(side.ask(new ListComments(Callers.EVERYONE, null, "p", 2, Slice.first()), Page.Comments.class).items())
                .extracting(CommentView::text).containsExactly("two", "one");
        assertThat(side.ask(new ListComments(Callers.EVERYONE, null, "p", 3, Slice.first()), Page.Comments.class).items())
                .isEmpty();
    }

    @Test
    void knowsNoVersionThatIsNotThere() {
        side.given("ann", created("p"));
        assertThatThrownBy(() -> find("p", 2)).isInstanceOfSatisfying(UnknownThing.class,
                no -> assertThat(no.type()).isEqualTo("version-not-found"));
        assertThatThrownBy(() -> side.ask(new ListComments(Callers.EVERYONE, null, "p", 2, Slice.first()), Page.Comments.class))
                .isInstanceOfSatisfying(UnknownThing.class, no -> assertThat(no.type()).isEqualTo("version-not-found"));
        for (var query : List.of(new FindVersion(Callers.STRANGER, null, "p", 1),
                new FindVersion(Callers.EVERYONE, null, "q", 1))) {
            assertThatThrownBy(() -> side.ask(query, VersionView.class)).isInstanceOfSatisfying(UnknownThing.class,
                    no -> assertThat(no.type()).isEqualTo("prompt-not-found"));
        }
    }
}
