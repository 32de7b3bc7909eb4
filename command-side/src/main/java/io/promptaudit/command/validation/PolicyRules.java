package io.promptaudit.command.validation;

import java.util.List;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;

/** The rules for release policies. */
final class PolicyRules {
    private static final int MOST_CHECKS = 50;

    private PolicyRules() {}

    static void check(ChangePolicy command) {
        Texts.present("policy", command.policy());
        Texts.required("reason", command.reason(), Texts.LONGEST_REMARK);
        ReleasePolicy policy = command.policy();
        if (policy.requiredApprovals() < 0 || policy.requiredApprovals() > ReleasePolicy.MOST_APPROVALS) {
            throw new InvalidValue("requiredApprovals", "must be from 0 to " + ReleasePolicy.MOST_APPROVALS);
        }
        List<String> checks = policy.requiredChecks();
        Texts.unique("requiredChecks", checks, MOST_CHECKS);
        for (int i = 0; i < checks.size(); i++) {
            Texts.required("requiredChecks[" + i + "]", checks.get(i), EvidenceRules.LONGEST_CHECK_NAME);
        }
        ReleasePolicy.Freeze frozen = policy.frozen();
        if (frozen != null) {
            Texts.required("frozen.reason", frozen.reason(), Texts.LONGEST_REMARK);
        }
    }
}
