package io.promptaudit.command.prompt;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Rule;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.command.environment.Policies.PolicyInForce;

/** Where a rollback may go: to what was properly released there, and neither rejected nor revoked since. */
final class RollbackRules {
    private final PromptFacts facts;
    private final String environment;
    private final PolicyInForce inForce;
    private final @Nullable ActiveDeployment active;

    RollbackRules(PromptFacts facts, String environment, PolicyInForce inForce) {
        this.facts = facts;
        this.environment = environment;
        this.inForce = inForce;
        this.active = facts.in(environment).active();
    }

    /**
     * The release before the one in force.
     *
     * @throws CommandRejected when there is none
     */
    Release before() {
        return facts.in(environment).beforeInForce().stream()
                .filter(release -> active == null || release.version() != active.version()).filter(facts::isProper).findFirst()
                .orElseThrow(() -> refusal(Rule.ROLLBACK_TARGET_NOT_RELEASED,
                        "has no properly released version before; a deployer can deploy an approved one"));
    }

    /**
     * The latest release of this version, which exists.
     *
     * @throws CommandRejected when there is none, or the version is active
     */
    Release of(int version) {
        if (active != null && active.version() == version) {
            throw refusal(Rule.ALREADY_ACTIVE, "has version %d active already; a deployer can roll back to another"
                    .formatted(version));
        }
        return facts.in(environment).releases().reversed().stream()
                .filter(release -> release.version() == version && facts.isProper(release)).findFirst()
                .orElseThrow(() -> refusal(Rule.ROLLBACK_TARGET_NOT_RELEASED,
                        "never had version %d properly released, or it was rejected or revoked since; a deployer can deploy it"
                                .formatted(version) + " once it is approved"));
    }

    private CommandRejected refusal(Rule rule, String detail) {
        return new CommandRejected(rule, inForce.in(environment) + " " + detail, inForce.revision());
    }
}
