package io.promptaudit.command.prompt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.Rule;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.api.event.CountedApproval;
import io.promptaudit.api.event.CountedCheck;
import io.promptaudit.command.environment.Policies.PolicyInForce;
import io.promptaudit.command.trail.Actor;

/** Whether a version may go live under a policy, and on what evidence. Pure: same facts, same answer. */
final class ReleaseRules {
    private final DeployPrompt command;
    private final PromptFacts facts;
    private final VersionFacts version;
    private final PolicyInForce inForce;
    private final ReleasePolicy policy;
    private final Actor deployer;
    private final Instant now;

    /** The evidence a deployment was decided on. */
    record Evidence(List<CountedApproval> approvals, List<CountedCheck> checks) {}

    ReleaseRules(DeployPrompt command, PromptFacts facts, PolicyInForce inForce, Actor deployer, Instant now) {
        this.command = command;
        this.facts = facts;
        this.version = facts.version(command.version());
        this.inForce = inForce;
        this.policy = inForce.policy();
        this.deployer = deployer;
        this.now = now;
    }

    /**
     * The evidence that lets the version in.
     *
     * @throws CommandRejected by the first rule that does not hold
     */
    Evidence require() {
        requireNotActive();
        requireNotFrozen();
        requireNotRejected();
        if (command.emergency()) {
            requireEmergencyAllowed();
            return new Evidence(List.of(), passedChecks());
        }
        List<CountedApproval> approvals = requireApprovals();
        requireSomeoneElseDeploys();
        return new Evidence(approvals, passedChecks());
    }

    private void requireNotActive() {
        var active = facts.in(command.environment()).active();
        if (active != null && active.version() == command.version()) {
            throw refusal(Rule.ALREADY_ACTIVE, "has version %d active already; a deployer can deploy another"
                    .formatted(command.version()));
        }
    }

    private void requireNotFrozen() {
        var frozen = policy.frozen();
        if (frozen != null) {
            throw refusal(Rule.FROZEN, "is frozen: %s. An admin can lift the freeze; a rollback works meanwhile"
                    .formatted(frozen.reason()));
        }
        policy.freezeWindows().stream().filter(window -> window.contains(now)).findFirst().ifPresent(window -> {
            throw refusal(Rule.FROZEN,
                    "is frozen from %s until %s: %s. An admin can lift the freeze; a rollback works meanwhile"
                            .formatted(window.from(), window.until(), window.reason()));
        });
    }

    private void requireNotRejected() {
        if (!version.rejections().isEmpty()) {
            throw refusal(Rule.VERSION_REJECTED,
                    "takes no rejected version, and version %d is; a reviewer can withdraw the rejection"
                            .formatted(command.version()));
        }
    }

    private void requireEmergencyAllowed() {
        if (!policy.emergencyAllowed()) {
            throw refusal(Rule.EMERGENCY_NOT_ALLOWED,
                    "allows no emergency deployments; an admin can allow them, and a deployer can deploy what is approved");
        }
        String ticket = command.ticket();
        if (ticket == null || ticket.isBlank()) {
            throw refusal(Rule.EMERGENCY_NEEDS_TICKET,
                    "takes emergency deployments only with the ticket that explains them; the deployer can name it");
        }
    }

    private List<CountedApproval> requireApprovals() {
        var count = new ApprovalCount(facts, command.version(), command.environment(), policy);
        if (!count.suffices()) {
            throw refusal(Rule.REQUIRED_APPROVALS, count.missing(command.version()));
        }
        return count.evidence();
    }

    private void requireSomeoneElseDeploys() {
        if (!policy.approverMayDeploy() && version.approvalSharedWith(deployer).isPresent()) {
            throw refusal(Rule.APPROVER_MAY_NOT_DEPLOY,
                    "does not let those deploy version %d who approved it; another deployer can".formatted(command.version()));
        }
    }

    private List<CountedCheck> passedChecks() {
        var passed = new ArrayList<CountedCheck>();
        var missing = new ArrayList<String>();
        for (String name : policy.requiredChecks()) {
            VersionFacts.Check check = version.checks().get(name);
            if (check != null && check.outcome() == CheckOutcome.PASSED) {
                passed.add(new CountedCheck(check.event(), name));
            } else {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw refusal(Rule.REQUIRED_CHECKS,
                    "requires checks that have not passed for version %d: %s; an editor can record that they did"
                            .formatted(command.version(), String.join(", ", missing)));
        }
        return passed;
    }

    private CommandRejected refusal(Rule rule, String detail) {
        return new CommandRejected(rule, inForce.in(command.environment()) + " " + detail, inForce.revision());
    }
}
