package io.promptaudit.command.prompt;

import java.util.ArrayList;
import java.util.List;

import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Rule;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.api.event.CountedApproval;
import io.promptaudit.api.event.CountedCheck;
import io.promptaudit.command.environment.Policies.PolicyInForce;
import io.promptaudit.command.trail.Actor;

/** Whether a version may go live under a policy, and on what evidence. Pure: same facts, same answer. */
final class ReleaseRules {
    private final DeployPrompt command;
    private final VersionFacts version;
    private final PolicyInForce inForce;
    private final Actor deployer;

    /** The evidence a deployment was decided on. */
    record Evidence(List<CountedApproval> approvals, List<CountedCheck> checks) {}

    ReleaseRules(DeployPrompt command, VersionFacts version, PolicyInForce inForce, Actor deployer) {
        this.command = command;
        this.version = version;
        this.inForce = inForce;
        this.deployer = deployer;
    }

    /**
     * The evidence that lets the version in.
     *
     * @throws CommandRejected by the first rule that does not hold
     */
    Evidence require() {
        requireNotFrozen();
        requireNotRejected();
        if (command.emergency()) {
            requireEmergencyAllowed();
            return new Evidence(List.of(), passedChecks());
        }
        List<Signature> counted = countedApprovals();
        requireApprovals(counted);
        requireSomeoneElseDeploys();
        List<CountedCheck> checks = passedChecks();
        return new Evidence(counted.stream().map(a -> new CountedApproval(a.event(), a.account())).toList(), checks);
    }

    private void requireNotFrozen() {
        var frozen = inForce.policy().frozen();
        if (frozen != null) {
            throw refusal(Rule.FROZEN, "%s is frozen: %s. An admin can lift the freeze; a rollback works meanwhile"
                    .formatted(command.environment(), frozen.reason()));
        }
    }

    private void requireNotRejected() {
        if (!version.rejections().isEmpty()) {
            throw refusal(Rule.VERSION_REJECTED, "version %d is rejected; a reviewer can withdraw the rejection"
                    .formatted(command.version()));
        }
    }

    private void requireEmergencyAllowed() {
        if (!inForce.policy().emergencyAllowed()) {
            throw refusal(Rule.EMERGENCY_NOT_ALLOWED,
                    "%s allows no emergency deployments".formatted(command.environment()));
        }
        String ticket = command.ticket();
        if (ticket == null || ticket.isBlank()) {
            throw refusal(Rule.EMERGENCY_NEEDS_TICKET, "an emergency deployment names its ticket");
        }
    }

    private List<Signature> countedApprovals() {
        return version.approvals().stream()
                .filter(approval -> inForce.policy().authorMayApprove() || !approval.person().equals(version.author()))
                .toList();
    }

    private void requireApprovals(List<Signature> counted) {
        int required = inForce.policy().requiredApprovals();
        if (counted.size() < required) {
            throw refusal(Rule.REQUIRED_APPROVALS,
                    "%s requires %d approval(s) of version %d and %d count; a reviewer%s can approve it".formatted(
                            command.environment(), required, command.version(), counted.size(),
                            inForce.policy().authorMayApprove() ? "" : " other than its author"));
        }
    }

    private void requireSomeoneElseDeploys() {
        if (!inForce.policy().approverMayDeploy() && version.approvedBy(deployer.person())) {
            throw refusal(Rule.APPROVER_MAY_NOT_DEPLOY,
                    "whoever approved version %d does not deploy it to %s; another deployer can"
                            .formatted(command.version(), command.environment()));
        }
    }

    private List<CountedCheck> passedChecks() {
        var passed = new ArrayList<CountedCheck>();
        var missing = new ArrayList<String>();
        for (String name : inForce.policy().requiredChecks()) {
            VersionFacts.Check check = version.checks().get(name);
            if (check != null && check.outcome() == CheckOutcome.PASSED) {
                passed.add(new CountedCheck(check.event(), name));
            } else {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw refusal(Rule.REQUIRED_CHECKS, "%s requires checks that have not passed for version %d: %s"
                    .formatted(command.environment(), command.version(), String.join(", ", missing)));
        }
        return passed;
    }

    private CommandRejected refusal(Rule rule, String detail) {
        return new CommandRejected(rule, detail, inForce.revision());
    }
}
