package io.promptaudit.ledger.release;

import java.util.Arrays;
import java.util.Optional;

/** Whether what somebody might do was enough for what they did. Where nobody tells what they might do, that has been told. */
final class Permissions {
    private static final String RULE = "missing-grant";

    private Permissions() {}

    /** They held one of the roles for the prompt. */
    static void requireRole(Optional<Powers> powers, Act act, String... roles) {
        String prompt = act.body().text("prompt");
        Rules.require(powers.isEmpty() || Arrays.stream(roles).anyMatch(role -> powers.get().holds(role, prompt)), RULE,
                "%s did not hold the role %s for it", act.by(), String.join(" or ", roles));
    }

    /** They were an admin. */
    static void requireAdmin(Optional<Powers> powers, Act act) {
        Rules.require(powers.isEmpty() || powers.get().administers(), RULE, "%s was no admin", act.by());
    }

    /** They deployed the prompt in the environment. */
    static void requireDeployer(Optional<Powers> powers, Act act, String environment) {
        Rules.require(powers.isEmpty() || powers.get().deploys(act.body().text("prompt"), environment), RULE,
                "%s did not hold the role deployer for it in %s", act.by(), environment);
    }
}
