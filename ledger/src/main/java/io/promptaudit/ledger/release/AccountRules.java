package io.promptaudit.ledger.release;

/**
 * Who may change what an account may do. Not decided again is whether two admins were needed for it: that depends on who could sign
 * in, which no event tells.
 */
final class AccountRules {
    private final Accounts accounts;
    private final ServerActs server;
    private final Proposals proposals = new Proposals();

    AccountRules(Accounts accounts, ServerActs server) {
        this.accounts = accounts;
        this.server = server;
    }

    void check(Act act) {
        Fields body = act.body();
        String account = body.text("account");
        Rules.requireStream(act, "account:" + account);
        Rules.require(act.type().equals("AccountCreated") != accounts.knows(account), "account-exists",
                "the first event of an account creates it, and no other does");
        if (act.by().isServer()) {
            server.check(act);
            return;
        }
        switch (act.type()) {
            case "GrantsChanged", "GroupsChanged" -> {
                requireAdmin(act);
                String confirmed = body.findText("confirms");
                if (confirmed != null) {
                    proposals.confirmed(act, confirmed, act.type().equals("GrantsChanged") ? "grants" : "groups");
                }
            }
            case "AccountCreated", "AccountUnlocked", "GrantsChangeProposed", "GroupsChangeProposed" -> requireAdmin(act);
            case "DelegateAllowed" -> Rules.require(act.by().account().equals(account), "person-must-act",
                    "%s gives the consent of %s", act.by(), account);
            default -> {
                // The rest takes something away, or gives nothing that a release needs.
            }
        }
    }

    void apply(Act act) {
        accounts.apply(act);
        switch (act.type()) {
            case "GrantsChangeProposed", "GroupsChangeProposed" -> proposals.proposed(act);
            case "GrantsChangeDeclined", "GroupsChangeDeclined" -> proposals.settled(act.body().text("change"));
            case "GrantsChanged", "GroupsChanged" -> {
                String confirmed = act.body().findText("confirms");
                if (confirmed != null) {
                    proposals.settled(confirmed);
                }
            }
            default -> {
                // Nothing waits for a second admin.
            }
        }
    }

    private void requireAdmin(Act act) {
        Permissions.requireAdmin(accounts.of(act), act);
    }
}
