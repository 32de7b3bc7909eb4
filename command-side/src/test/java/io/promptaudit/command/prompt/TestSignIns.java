package io.promptaudit.command.prompt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.command.account.SignIns;

/** Everybody deploys everything everywhere, until a test says otherwise. */
final class TestSignIns implements SignIns {
    private final Map<String, List<String>> environments = new HashMap<>();

    /** From now on the account deploys in these environments only; in none, it is closed. */
    void restrict(String account, String... to) {
        environments.put(account, List.of(to));
    }

    @Override
    public Caller admit(Caller presented) {
        List<String> allowed = environments.getOrDefault(presented.account(),
                List.of(TestPolicies.STAGING, TestPolicies.PRODUCTION));
        if (allowed.isEmpty()) {
            throw new CommandRejected(Rule.MISSING_GRANT, "the account " + presented.account() + " is closed");
        }
        return new Caller(presented.account(), presented.kind(), presented.onBehalfOf(),
                List.of(new Grant(Role.DEPLOYER, Grant.EVERY_PROMPT, allowed)), presented.credential());
    }

    @Override
    public Optional<SignIn> byPassword(String account) {
        return Optional.empty();
    }

    @Override
    public Optional<SignIn> byKey(String publicKey) {
        return Optional.empty();
    }

    @Override
    public Optional<SignIn> bySecret(String secretHash) {
        return Optional.empty();
    }

    @Override
    public void used(Caller holder) {
        // Nobody looks.
    }
}
