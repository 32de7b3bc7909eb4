package io.promptaudit.query.environments;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.event.PolicyChangeProposed;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.PolicyView;
import io.promptaudit.api.query.Slice;
import io.promptaudit.api.query.ViewQuery.FindPolicy;
import io.promptaudit.api.query.ViewQuery.ListEnvironments;
import io.promptaudit.query.view.ReadSide;
import io.promptaudit.query.view.ReadSide.Callers;

import static io.promptaudit.query.view.Events.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnvironmentsTest {
    private final ReadSide side = ReadSide.onH2();

    @AfterEach
    void close() {
        side.close();
    }

    private PolicyView find(String environment, @Nullable Instant at) {
        return side.ask(new FindPolicy(Callers.STRANGER, null, environment, at), PolicyView.class);
    }

    @Test
    void knowsThePolicyOfEachMoment() {
        side.given("root", policy("staging", 1, 0));
        side.given("root", policy("production", 1, 1));
        var from = side.now();
        side.given("boss", policy("production", 2, 2));
        var changed = side.now();
        assertThat(find("production", from).policy().requiredApprovals()).isEqualTo(1);
        assertThat(find("production", changed.minusMillis(1)).revision()).isEqualTo(1);
        assertThat(find("production", changed.minusMillis(1)).until()).isEqualTo(changed);
        assertThat(find("production", changed)).satisfies(policy -> {
            assertThat(policy.revision()).isEqualTo(2);
            assertThat(policy.since()).isEqualTo(changed);
            assertThat(policy.until()).isNull();
            assertThat(policy.changedBy()).isEqualTo("boss");
            assertThat(policy.reason()).isEqualTo("revision 2");
        });
        assertThat(find("production", null).revision()).isEqualTo(2);
        assertThatThrownBy(() -> find("production", from.minusMillis(1))).isInstanceOfSatisfying(UnknownThing.class,
                no -> assertThat(no.type()).isEqualTo("policy-not-found"));
        assertThatThrownBy(() -> find("mars", null)).isInstanceOfSatisfying(UnknownThing.class,
                no -> assertThat(no.type()).isEqualTo("environment-not-found"));
    }

    @Test
    void tellsWhoProposedWhatAnotherPutInForce() {
        side.given("root", policy("staging", 1, 0));
        var lenient = policy("staging", 2, 0).policy();
        side.given("ann", new PolicyChangeProposed("staging", 1, lenient, "r"));
        side.given("ann", new PolicyChangeProposed("moon", 0, lenient, "r"));
        assertThat(find("staging", null).revision()).isEqualTo(1);
        assertThatThrownBy(() -> find("moon", null)).isInstanceOf(UnknownThing.class);
        side.given("bob", new ReleasePolicyChanged("staging", 2, lenient, "r", "event-2", "ann", null));
        assertThat(find("staging", null)).satisfies(policy -> {
            assertThat(policy.changedBy()).isEqualTo("bob");
            assertThat(policy.proposedBy()).isEqualTo("ann");
            assertThat(policy.change()).isEqualTo("event-2");
        });
    }

    @Test
    void namesForWhomAPolicyWasPutInForce() {
        side.given("ops", "root", policy("staging", 1, 0));
        assertThat(find("staging", null)).extracting(PolicyView::changedBy, PolicyView::onBehalfOf).containsExactly("ops",
                "root");
    }

    @Test
    void listsEnvironmentsNewestFirstWithThePolicyInForce() {
        side.given("root", policy("staging", 1, 0));
        side.given("root", policy("production", 1, 1));
        side.given("root", policy("staging", 2, 3));
        var first = side.ask(new ListEnvironments(Callers.STRANGER, null, new Slice(1, null)), Page.Policies.class);
        var second = side.ask(new ListEnvironments(Callers.STRANGER, null, new Slice(1, first.cursor())), Page.Policies.class);
        assertThat(first.items()).extracting(PolicyView::environment).containsExactly("production");
        assertThat(second.items()).extracting(PolicyView::environment, PolicyView::revision)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("staging", 2L));
        assertThat(second.cursor()).isNull();
    }
}
