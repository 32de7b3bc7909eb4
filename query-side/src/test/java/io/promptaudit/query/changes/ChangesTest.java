package io.promptaudit.query.changes;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.Caller;
import io.promptaudit.api.Grant;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.Role;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.GrantsChangeDeclined;
import io.promptaudit.api.event.GrantsChangeProposed;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.GroupsChangeProposed;
import io.promptaudit.api.event.GroupsChanged;
import io.promptaudit.api.event.PolicyChangeProposed;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.api.query.ChangeState;
import io.promptaudit.api.query.ChangeView;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.Slice;
import io.promptaudit.api.query.ViewQuery.FindChange;
import io.promptaudit.api.query.ViewQuery.ListChanges;
import io.promptaudit.query.view.ReadSide;
import io.promptaudit.query.view.ReadSide.Callers;

import static io.promptaudit.query.view.Events.account;
import static io.promptaudit.query.view.Events.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Changes that wait, what they would do, and what became of them. */
class ChangesTest {
    private static final ReleasePolicy LENIENT = new ReleasePolicy(0, true, true, List.of(), true, null);
    private static final ReleasePolicy STRICT = new ReleasePolicy(2, false, false, List.of(), false, null);
    private static final List<Grant> REVIEWER = List.of(new Grant(Role.REVIEWER, "**"));

    private final ReadSide side = ReadSide.onH2();

    @AfterEach
    void close() {
        side.close();
    }

    private List<ChangeView> changes(Caller caller, @Nullable ChangeState state) {
        return side.ask(new ListChanges(caller, null, state, Slice.first()), Page.Changes.class).items();
    }

    private String proposed(String by, String environment, long basedOn, ReleasePolicy policy) {
        side.given(by, new PolicyChangeProposed(environment, basedOn, policy, "because"));
        return changes(Callers.AUDITOR, ChangeState.PENDING).getFirst().change();
    }

    private ChangeView find(String change) {
        return side.ask(new FindChange(Callers.ADMIN, null, change), ChangeView.class);
    }

    @Test
    void tellWhatAPolicyWouldBecome() {
        side.given("root", policy("lab", 1, 1));
        String change = proposed("ann", "lab", 1, STRICT);
        assertThat(find(change)).satisfies(waiting -> {
            assertThat(waiting.state()).isEqualTo(ChangeState.PENDING);
            assertThat(waiting.environment()).isEqualTo("lab");
            assertThat(waiting.proposedBy()).isEqualTo("ann");
            assertThat(waiting.reason()).isEqualTo("because");
            assertThat(waiting.policy()).isEqualTo(new ChangeView.Policies(policy("lab", 1, 1).policy(), STRICT));
            assertThat(waiting.settled()).isNull();
        });
        assertThat(find(proposed("ann", "new", 0, LENIENT)).policy()).isEqualTo(new ChangeView.Policies(null, LENIENT));
    }

    @Test
    void tellWhoConfirmedAndWhatBecameStaleByIt() {
        side.given("root", policy("lab", 1, 1));
        side.given("root", policy("other", 1, 1));
        String first = proposed("ann", "lab", 1, STRICT);
        String elsewhere = proposed("ann", "other", 1, STRICT);
        String second = proposed("cyd", "lab", 1, LENIENT);
        side.given("bob", new ReleasePolicyChanged("lab", 2, LENIENT, "because", second, "cyd", "read"));
        assertThat(find(second)).satisfies(confirmed -> {
            assertThat(confirmed.state()).isEqualTo(ChangeState.CONFIRMED);
            assertThat(confirmed.settled()).satisfies(settled -> {
                assertThat(settled).isNotNull();
                assertThat(settled.by()).isEqualTo("bob");
                assertThat(settled.reason()).isEqualTo("read");
                assertThat(settled.at()).isEqualTo(side.now());
            });
        });
        assertThat(find(first).state()).isEqualTo(ChangeState.STALE);
        assertThat(changes(Callers.ADMIN, ChangeState.PENDING)).extracting(ChangeView::change).containsExactly(elsewhere);
        assertThat(changes(Callers.ADMIN, null)).extracting(ChangeView::change).containsExactly(second, elsewhere, first);
        assertThat(find(proposed("ann", "lab", 2, STRICT)).policy()).isEqualTo(new ChangeView.Policies(LENIENT, STRICT));
    }

    @Test
    void tellWhatAnAccountWouldHold() {
        side.given("root", account("ann", new Grant(Role.ADMIN, "**")));
        side.given("ann", new GrantsChangeProposed("ann", 1, REVIEWER));
        ChangeView waiting = changes(Callers.AUDITOR, ChangeState.PENDING).getFirst();
        assertThat(waiting.account()).isEqualTo("ann");
        assertThat(waiting.grants())
                .isEqualTo(new ChangeView.Grants(List.of(new Grant(Role.ADMIN, "**")), REVIEWER));
        side.given("bob", new GrantsChanged("ann", REVIEWER, waiting.change(), "ann", null));
        assertThat(find(waiting.change()).state()).isEqualTo(ChangeState.CONFIRMED);
    }

    @Test
    void tellWhichGroupsAnAccountWouldJoin() {
        side.given("root", account("ann"));
        side.given("root", new GroupsChanged("ann", List.of("legal")));
        side.given("ann", new GroupsChangeProposed("ann", 2, List.of("legal", "medical")));
        ChangeView waiting = changes(Callers.AUDITOR, ChangeState.PENDING).getFirst();
        assertThat(waiting.groups()).isEqualTo(new ChangeView.Groups(List.of("legal"), List.of("legal", "medical")));
        side.given("bob", new GrantsChanged("ann", REVIEWER));
        assertThat(find(waiting.change()).state()).isEqualTo(ChangeState.PENDING);
        side.given("bob", new GroupsChanged("ann", List.of("legal", "medical"), waiting.change(), "ann", null));
        assertThat(find(waiting.change()).state()).isEqualTo(ChangeState.CONFIRMED);
    }

    @Test
    void areDeclinedOrGoWithTheirAccount() {
        side.given("root", account("ann"));
        side.given("ann", new GrantsChangeProposed("ann", 1, REVIEWER));
        String declined = changes(Callers.AUDITOR, ChangeState.PENDING).getFirst().change();
        side.given("bob", new GrantsChangeDeclined("ann", declined, "ann", "too much"));
        side.given("ann", new GrantsChangeProposed("ann", 1, REVIEWER));
        String gone = changes(Callers.AUDITOR, ChangeState.PENDING).getFirst().change();
        side.given("bob", new AccountErased("ann", "left"));
        assertThat(find(declined).state()).isEqualTo(ChangeState.DECLINED);
        assertThat(find(declined).settled()).extracting(ChangeView.Settled::reason).isEqualTo("too much");
        assertThat(find(gone).state()).isEqualTo(ChangeState.STALE);
    }

    @Test
    void areForWhoReadsEverything() {
        side.given("root", policy("lab", 1, 1));
        String change = proposed("ann", "lab", 1, STRICT);
        for (Caller other : List.of(Callers.EVERYONE, Callers.STRANGER, Callers.of("ann", "editor:**"))) {
            assertThat(changes(other, null)).isEmpty();
            assertThatThrownBy(() -> side.ask(new FindChange(other, null, change), ChangeView.class))
                    .isInstanceOfSatisfying(UnknownThing.class, no -> assertThat(no.type()).isEqualTo("change-not-found"));
        }
        assertThatThrownBy(() -> find("none")).isInstanceOf(UnknownThing.class);
    }
}
