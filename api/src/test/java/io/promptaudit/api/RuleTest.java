package io.promptaudit.api;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The ids are in problems, events and programs of others: they are added to, never changed. */
class RuleTest {
    @Test
    void keepsItsIdsAndStatusesForEver() {
        String rules = Arrays.stream(Rule.values()).map(rule -> rule.status() + " " + rule.id())
                .collect(Collectors.joining("\n"));
        assertThat(rules).isEqualTo("""
                403 missing-grant
                403 author-may-not-approve
                403 reauthentication-required
                403 approver-may-not-deploy
                403 deployer-may-not-review
                409 prompt-exists
                409 stale-version
                409 archived
                409 not-archived
                409 still-active
                409 already-approved
                409 already-rejected
                409 already-in-review
                409 not-approved
                409 not-rejected
                409 version-rejected
                409 required-approvals
                409 required-checks
                409 frozen
                409 emergency-not-allowed
                409 emergency-needs-ticket
                409 no-open-emergency
                409 already-active
                409 nothing-active
                409 rollback-target-not-released
                409 schedule-not-pending
                409 account-exists
                409 account-erased
                409 identity-taken
                409 last-admin
                409 second-admin-required
                403 proposer-may-not-confirm
                403 person-must-act
                409 stale-change
                409 change-settled
                403 account-locked
                409 already-locked
                409 not-locked
                409 account-closed
                403 not-a-delegate
                409 key-ended
                409 too-many-keys""");
    }
}
