package io.promptaudit.query.deployments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.Caller;
import io.promptaudit.api.Content;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.Verdict;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.CountedApproval;
import io.promptaudit.api.event.EmergencyReviewed;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.query.ActiveView;
import io.promptaudit.api.query.ApprovalView;
import io.promptaudit.api.query.DebtState;
import io.promptaudit.api.query.DeploymentView;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.Slice;
import io.promptaudit.api.query.ViewQuery.FindActive;
import io.promptaudit.api.query.ViewQuery.ListActive;
import io.promptaudit.api.query.ViewQuery.ListDeployments;
import io.promptaudit.api.query.ViewQuery.ListEmergencies;
import io.promptaudit.query.view.ReadSide;
import io.promptaudit.query.view.ReadSide.Callers;
import io.promptaudit.query.view.Trail;

import static io.promptaudit.query.view.Events.approved;
import static io.promptaudit.query.view.Events.created;
import static io.promptaudit.query.view.Events.deployed;
import static io.promptaudit.query.view.Events.edited;
import static io.promptaudit.query.view.Events.policy;
import static io.promptaudit.query.view.Events.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class DeploymentsTest {
    private final ReadSide side = ReadSide.onH2();

    @AfterEach
    void close() {
        side.close();
    }

    private final Instant t0 = Trail.START.plusSeconds(1);
    private long first;
    private long second;
    private long back;

    /** Version 1 at 4 s, version 2 at 5 s, back to 1 at 6 s, nothing at 7 s. */
    private void given() {
        side.given("ann", policy("production", 1, 0));
        side.given("ann", created("p"));
        side.given("ann", edited("p", 2));
        first = side.given("dep", deployed("p", 1, "production"));
        second = side.given("dep", deployed("p", 2, "production", true, new ActiveDeployment(1, Trail.id(first))));
        back = side.given("dep", new PromptRolledBack("p", 1, "production", "sha256:1", "worse", 3, Trail.id(first),
                new ActiveDeployment(2, Trail.id(second))));
        side.given("dep", withdrawn("p", 1, "production", Trail.id(back)));
    }

    private ActiveView active(@Nullable Instant at) {
        return side.ask(new FindActive(Callers.EVERYONE, null, "p", "production", at), ActiveView.class);
    }

    private Instant at(long position) {
        return t0.plusSeconds(position - 1);
    }

    @Test
    void answersExactlyAtTheEdges() {
        given();
        assertThatThrownBy(() -> active(at(first).minusMillis(1))).isInstanceOfSatisfying(UnknownThing.class,
                no -> assertThat(no.type()).isEqualTo("never-active"));
        assertThat(active(at(first)).version()).isEqualTo(1);
        assertThat(active(at(second).minusMillis(1)).deployment()).isEqualTo(Trail.id(first));
        assertThat(active(at(second).minusNanos(1)).deployment()).isEqualTo(Trail.id(first));
        assertThat(active(at(second)).version()).isEqualTo(2);
        assertThat(active(at(back)).deployment()).isEqualTo(Trail.id(back));
        assertThatThrownBy(() -> active(at(back + 1))).hasMessageContaining("was active");
        assertThatThrownBy(() -> active(null)).isInstanceOf(UnknownThing.class);
    }

    @Test
    void showsTheEvidenceOfTheTime() {
        given();
        assertThat(active(at(second))).satisfies(active -> {
            assertThat(active.since()).isEqualTo(at(second));
            assertThat(active.until()).isEqualTo(at(back));
            assertThat(active.replaced()).isEqualTo(new ActiveDeployment(1, Trail.id(first)));
            assertThat(active.approvals())
                    .containsExactly(new ApprovalView("event-0", "bob", null, null, null, null, "approval"));
            assertThat(active.emergency()).isTrue();
            assertThat(active.policyRevision()).isEqualTo(3);
            assertThat(active.content()).isEqualTo(new Content.Text("Hello again"));
        });
        assertThat(active(at(back)).approvals())
                .containsExactly(new ApprovalView("event-0", "bob", null, null, null, null, "approval"));
    }

    @Test
    void listsHistoryWithHowEachEnded() {
        given();
        var page = side.ask(new ListDeployments(Callers.EVERYONE, null, "p", Slice.first()), Page.Deployments.class);
        assertThat(page.items()).extracting(DeploymentView::version).containsExactly(1, 2, 1);
        assertThat(page.items()).extracting(deployment -> deployment.ended() == null ? null : deployment.ended().how())
                .containsExactly("withdrawn", "rolled-back", "deployed");
        assertThat(page.items().getFirst().restores()).isEqualTo(Trail.id(first));
    }

    @Test
    void listsEverythingActiveAtAMoment() {
        given();
        side.given("ann", created("q/one"));
        long deployment = side.given("dep", deployed("q/one", 1, "production"));
        assertThat(everything(Callers.EVERYONE, at(second))).containsExactly("p");
        assertThat(everything(Callers.EVERYONE, at(deployment))).containsExactly("q/one");
        assertThat(everything(Callers.EVERYONE, null)).containsExactly("q/one");
        assertThat(everything(Callers.EVERYONE, t0)).isEmpty();
        assertThat(everything(Callers.of("cli", "viewer:p"), at(second))).containsExactly("p");
        assertThat(everything(Callers.of("cli", "viewer:p"), null)).isEmpty();
        assertThatThrownBy(
                () -> side.ask(new ListActive(Callers.EVERYONE, null, "mars", null, Slice.first()), Page.Actives.class))
                .isInstanceOfSatisfying(UnknownThing.class, no -> assertThat(no.type()).isEqualTo("environment-not-found"));
    }

    private List<String> everything(Caller caller, @Nullable Instant at) {
        return side.ask(new ListActive(caller, null, "production", at, Slice.first()), Page.Actives.class).items().stream()
                .map(ActiveView::prompt).toList();
    }

    @Test
    void pagesSpeakOfOneMoment() {
        side.given("ann", policy("production", 1, 0));
        for (int n = 0; n < 6; n++) {
            side.given("ann", created("p" + n));
            side.given("dep", deployed("p" + n, 1, "production"));
        }
        var moment = side.now();
        var first = side.ask(new ListActive(Callers.EVERYONE, null, "production", moment, new Slice(4, null)),
                Page.Actives.class);
        side.given("ann", edited("p0", 2));
        side.given("dep", deployed("p0", 2, "production"));
        var second = side.ask(new ListActive(Callers.EVERYONE, null, "production", null, new Slice(4, first.cursor())),
                Page.Actives.class);
        assertThat(first.items()).extracting(ActiveView::prompt).containsExactly("p5", "p4", "p3", "p2");
        assertThat(second.items()).extracting(ActiveView::prompt).containsExactly("p1", "p0");
        assertThat(second.items().getLast().version()).isEqualTo(1);
    }

    /** Of an approval that counted, its own event says it. */
    @Test
    void namesWhomEachActedFor() {
        side.given("root", policy("production", 1, 0));
        side.given("bot", "ann", created("p"));
        String approval = Trail.id(side.given("ci", "bob", approved("p", 1)));
        String deployment = Trail.id(side.given("ci", "dep", new PromptDeployed("p", 1, "production", "sha256:1", "release",
                "INC-1", true, 3, List.of(new CountedApproval(approval, "ci")), List.of(), null, null)));
        assertThat(active(null).onBehalfOf()).isEqualTo("ann");
        assertThat(active(null).approvals()).extracting(ApprovalView::account, ApprovalView::onBehalfOf)
                .containsExactly(tuple("ci", "bob"));
        side.given("ci", "eve", new EmergencyReviewed("p", 1, "production", deployment, Verdict.GOOD, "was right"));
        side.given("ci", "fay", withdrawn("p", 1, "production", deployment));
        var list = new ListDeployments(Callers.EVERYONE, null, "p", Slice.first());
        assertThat(side.ask(list, Page.Deployments.class).items()).singleElement().satisfies(shown -> {
            assertThat(shown.onBehalfOf()).isEqualTo("dep");
            assertThat(shown.approvals()).extracting(ApprovalView::onBehalfOf).containsExactly("bob");
            assertThat(shown.review()).isNotNull().extracting(DeploymentView.EmergencyReview::onBehalfOf).isEqualTo("eve");
            assertThat(shown.ended()).isNotNull().extracting(DeploymentView.End::onBehalfOf).isEqualTo("fay");
        });
    }

    @Test
    void keepsTheDebtOfAnEmergencyUntilSomebodyJudgesIt() {
        given();
        assertThat(emergencies(DebtState.OPEN, Callers.EVERYONE)).containsExactly(Trail.id(second));
        assertThat(emergencies(DebtState.OPEN, Callers.STRANGER)).isEmpty();
        side.given("bob", new EmergencyReviewed("p", 2, "production", Trail.id(second), Verdict.GOOD, "was right"));
        assertThat(emergencies(DebtState.OPEN, Callers.EVERYONE)).isEmpty();
        assertThat(emergencies(DebtState.CLOSED, Callers.EVERYONE)).containsExactly(Trail.id(second));
        assertThat(emergencies(null, Callers.EVERYONE)).containsExactly(Trail.id(second));
    }

    @Test
    void countsADebtAsOverdueOnceItsTimeIsOver() {
        given();
        var debts = side.bean(EmergencyDebts.class);
        var due = at(second).plus(Duration.ofDays(3));
        side.at(due);
        assertThat(emergencies(DebtState.OVERDUE, Callers.EVERYONE)).isEmpty();
        assertThat(List.of(debts.open(), debts.overdue())).containsExactly(1L, 0L);
        side.at(due.plusMillis(1));
        assertThat(emergencies(DebtState.OVERDUE, Callers.EVERYONE)).containsExactly(Trail.id(second));
        assertThat(emergencies(DebtState.OPEN, Callers.EVERYONE)).containsExactly(Trail.id(second));
        assertThat(List.of(debts.open(), debts.overdue())).containsExactly(1L, 1L);
        assertThat(debts.overdue(9)).containsExactly(Trail.id(second));
        side.given("bob", new EmergencyReviewed("p", 2, "production", Trail.id(second), Verdict.BAD, "was wrong"));
        assertThat(emergencies(DebtState.OVERDUE, Callers.EVERYONE)).isEmpty();
        assertThat(List.of(debts.open(), debts.overdue())).containsExactly(0L, 0L);
    }

    @Test
    void showsUntilWhenADebtIsDueWhileItIsOpen() {
        given();
        var list = new ListDeployments(Callers.EVERYONE, null, "p", Slice.first());
        assertThat(side.ask(list, Page.Deployments.class).items()).extracting(DeploymentView::due).containsExactly(null,
                at(second).plus(Duration.ofDays(3)), null);
        side.given("bob", new EmergencyReviewed("p", 2, "production", Trail.id(second), Verdict.GOOD, "was right"));
        assertThat(side.ask(list, Page.Deployments.class).items()).extracting(DeploymentView::due).containsOnlyNulls();
    }

    private List<String> emergencies(@Nullable DebtState state, Caller caller) {
        return side.ask(new ListEmergencies(caller, null, state, Slice.first()), Page.Deployments.class).items().stream()
                .map(DeploymentView::deployment).toList();
    }

    @Test
    void hidesWhatTheCallerMayNotKnow() {
        given();
        assertThatThrownBy(() -> side.ask(new FindActive(Callers.STRANGER, null, "p", "production", null), ActiveView.class))
                .isInstanceOfSatisfying(UnknownThing.class, no -> assertThat(no.type()).isEqualTo("prompt-not-found"));
        assertThatThrownBy(
                () -> side.ask(new ListDeployments(Callers.STRANGER, null, "p", Slice.first()), Page.Deployments.class))
                .isInstanceOfSatisfying(UnknownThing.class, no -> assertThat(no.type()).isEqualTo("prompt-not-found"));
    }
}
