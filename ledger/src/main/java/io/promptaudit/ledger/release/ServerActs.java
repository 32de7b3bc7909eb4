package io.promptaudit.ledger.release;

import java.util.Set;

/**
 * What the server does to environments and accounts by itself, with nobody who asks: it makes the first admin and the first policies,
 * and gives to whoever comes by single sign-on what their provider says.
 */
final class ServerActs {
    private static final Set<String> ENVIRONMENTS = Set.of("staging", "production");
    private static final String FIRST_ADMIN = "admin";

    private final Accounts accounts;

    ServerActs(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Passes what the server does.
     *
     * @throws io.promptaudit.ledger.VerificationFailed if it does no such thing
     */
    void check(Act act) {
        Rules.require(act.by().onBehalfOf() == null && act.body().findText("confirms") == null && does(act), "missing-grant",
                "the server itself does no such thing");
    }

    private boolean does(Act act) {
        return switch (act.type()) {
            case "ReleasePolicyChanged" -> act.body().number("revision") == 1
                    && ENVIRONMENTS.contains(act.body().text("environment"));
            case "AccountCreated" -> act.body().text("account").equals(FIRST_ADMIN)
                    ? accounts.isEmpty()
                    : !act.body().flag("password");
            case "IdentityLinked" -> account(act).awaitsIdentity;
            case "GroupsChanged" -> account(act).awaitsIdentity || account(act).linked;
            case "GrantsChanged" -> account(act).linked;
            default -> false;
        };
    }

    private Account account(Act act) {
        return accounts.existing(act.body().text("account"));
    }
}
