package io.promptaudit.query.approvals;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.Caller;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.event.RejectionWithdrawn;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ReviewState;
import io.promptaudit.api.query.ReviewView;
import io.promptaudit.api.query.Slice;
import io.promptaudit.api.query.ViewQuery.ListReviews;
import io.promptaudit.query.view.ReadSide;
import io.promptaudit.query.view.ReadSide.Callers;
import io.promptaudit.query.view.Trail;

import static io.promptaudit.query.view.Events.approved;
import static io.promptaudit.query.view.Events.created;
import static io.promptaudit.query.view.Events.requested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ApprovalsTest {
    private final ReadSide side = ReadSide.onH2();

    @AfterEach
    void close() {
        side.close();
    }

    private List<String> list(Caller caller, @Nullable ReviewState state, @Nullable String reviewer) {
        return side.ask(new ListReviews(caller, null, state, reviewer, Slice.first()), Page.Reviews.class).items().stream()
                .map(review -> review.prompt() + ":" + review.version()).toList();
    }

    @Test
    void tellsReviewersWhatWaitsForThem() {
        side.given("ann", created("a"));
        side.given("ann", created("b"));
        side.given("ann", requested("a", 1));
        side.given("ann", requested("b", 1, "bob"));
        assertThat(list(Callers.EVERYONE, ReviewState.PENDING, null)).containsExactly("b:1", "a:1");
        assertThat(list(Callers.EVERYONE, ReviewState.PENDING, "bob")).containsExactly("b:1", "a:1");
        assertThat(list(Callers.EVERYONE, ReviewState.PENDING, "cyd")).containsExactly("a:1");
        assertThat(list(Callers.of("x", "reviewer:a"), ReviewState.PENDING, null)).containsExactly("a:1");
        assertThat(list(Callers.STRANGER, null, null)).isEmpty();
    }

    @Test
    void remembersWhoDecided() {
        side.given("ann", created("a"));
        side.given("ann", requested("a", 1));
        String approval = Trail.id(side.given("bob", approved("a", 1)));
        assertThat(list(Callers.EVERYONE, ReviewState.PENDING, null)).isEmpty();
        assertThat(list(Callers.EVERYONE, ReviewState.APPROVED, "bob")).containsExactly("a:1");
        assertThat(list(Callers.EVERYONE, ReviewState.APPROVED, "cyd")).isEmpty();
        String rejection = Trail.id(side.given("cyd", new PromptRejected("a", 1, "no")));
        assertThat(list(Callers.EVERYONE, ReviewState.REJECTED, "cyd")).containsExactly("a:1");
        side.given("cyd", new RejectionWithdrawn("a", 1, List.of(rejection), "yes"));
        side.given("bob", new ApprovalRevoked("a", 1, List.of(approval), "wrong"));
        assertThat(list(Callers.EVERYONE, ReviewState.PENDING, "dee")).containsExactly("a:1");
    }

    @Test
    void findsWhatWasDecidedForThePerson() {
        side.given("ann", created("a"));
        side.given("ann", created("b"));
        side.given("bot", "ann", requested("a", 1, "zoe"));
        side.given("ci", "bob", approved("a", 1));
        side.given("ci", "cyd", new PromptRejected("b", 1, "no"));
        assertThat(list(Callers.EVERYONE, null, "bob")).containsExactly("a:1");
        assertThat(list(Callers.EVERYONE, null, "cyd")).containsExactly("b:1");
        assertThat(list(Callers.EVERYONE, null, "ci")).containsExactly("b:1", "a:1");
        assertThat(list(Callers.EVERYONE, null, "ann")).isEmpty();
        var reviews = side.ask(new ListReviews(Callers.EVERYONE, null, ReviewState.APPROVED, null, Slice.first()),
                Page.Reviews.class).items();
        assertThat(reviews).extracting(ReviewView::requestedBy, ReviewView::onBehalfOf).containsExactly(tuple("bot", "ann"));
    }

    @Test
    void knowsApprovalsThatNobodyAskedFor() {
        side.given("ann", created("a"));
        String approval = Trail.id(side.given("bob", approved("a", 1)));
        assertThat(list(Callers.EVERYONE, ReviewState.APPROVED, null)).containsExactly("a:1");
        side.given("bob", new ApprovalRevoked("a", 1, List.of(approval), "wrong"));
        assertThat(list(Callers.EVERYONE, ReviewState.WITHDRAWN, null)).containsExactly("a:1");
    }
}
