package io.promptaudit.command.prompt;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.ReleasePolicy.Slot;
import io.promptaudit.api.Role;
import io.promptaudit.api.event.CountedApproval;
import io.promptaudit.command.trail.Actor;

import static org.assertj.core.api.Assertions.assertThat;

/** Approvals that stand beside each other in old trails although they share a name, which nobody can add any more. */
class ApprovalCountTest {
    private static final Actor CI = new Actor("ci", null);
    private static final Actor CI_FOR_BEN = new Actor("ci", "ben");
    private static final Actor CLEO = new Actor("cleo", null);

    @Test
    void countsTheFirstOfThoseThatShareAName() {
        var count = count(policy(2, List.of()), signature(CI_FOR_BEN, "medical"), signature(CI, "legal"));
        assertThat(count.suffices()).isFalse();
        assertThat(count.evidence()).extracting(CountedApproval::approval).containsExactly("by ci on behalf of ben");
        assertThat(count.missing(1)).startsWith(
                "requires 2 approval(s) of version 1 and 1 count (ci shares a name with who approved before); a reviewer");
    }

    @Test
    void countsThoseThatShareNone() {
        assertThat(count(policy(2, List.of()), signature(CI_FOR_BEN, "medical"), signature(CLEO, "legal")).suffices()).isTrue();
    }

    @Test
    void seatsThoseThatShareANameInOnePlace() {
        var policy = policy(0, List.of(new Slot(null, "medical", 1), new Slot(null, "legal", 1)));
        assertThat(count(policy, signature(CI_FOR_BEN, "medical"), signature(CI, "legal")).missing(1))
                .contains("open: 1 of the group legal");
        assertThat(count(policy, signature(CI_FOR_BEN, "medical"), signature(CLEO, "legal")).suffices()).isTrue();
    }

    private static ApprovalCount count(ReleasePolicy policy, Signature... approvals) {
        var version = VersionFacts.draft(new Actor("ada", null), "digest", null);
        for (Signature approval : approvals) {
            version = version.approved(approval);
        }
        return new ApprovalCount(new PromptFacts(List.of(version), Map.of(), false, ScheduleFacts.NONE), 1, "production", policy);
    }

    private static ReleasePolicy policy(int required, List<Slot> slots) {
        return new ReleasePolicy(required, false, true, List.of(), true, null, false, slots, null, List.of());
    }

    private static Signature signature(Actor by, String group) {
        return new Signature("by " + by.inWords(), by, TestClock.START, "approval", List.of(Role.REVIEWER), List.of(group), null);
    }
}
