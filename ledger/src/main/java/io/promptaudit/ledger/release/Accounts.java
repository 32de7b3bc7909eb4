package io.promptaudit.ledger.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.verification.Findings;

/** What whoever acted might do at that moment, told from the events of accounts. */
final class Accounts {
    private static final String KEY = "key:";
    private static final String RULE = "missing-grant";

    private final Map<String, Account> accounts = new HashMap<>();
    private final Set<String> torn = new HashSet<>();
    private final Set<String> missed = new HashSet<>();
    private final Findings findings;
    private boolean complete;

    /** Tells there, once for each, which accounts the pack lacks. */
    Accounts(Findings findings) {
        this.findings = findings;
    }

    void expectAll() {
        complete = true;
    }

    boolean isEmpty() {
        return accounts.isEmpty();
    }

    boolean knows(String account) {
        return accounts.containsKey(account);
    }

    void apply(Act act) {
        String id = act.body().text("account");
        if (act.type().equals("AccountCreated")) {
            accounts.put(id, new Account(act));
        } else if (accounts.containsKey(id)) {
            accounts.get(id).apply(act);
        }
    }

    /** From now on nobody knows what the account may do. */
    void tear(String account) {
        torn.add(account);
    }

    /**
     * What whoever did this might do then; empty where the pack lacks an account, which is told.
     *
     * @throws io.promptaudit.ledger.VerificationFailed if they could do nothing at all, or are unknown where everybody is told of
     */
    Optional<Powers> of(Act act) {
        Optional<Powers> powers = of(act.by(), act.metadata().findText("credential"), act.decidedFrom());
        if (powers.isPresent()) {
            String kind = usable(act.by().account()).kind;
            Rules.require(kind.equals(act.metadata().findText("kind")), RULE,
                    "the account %s is a %s, and the event says otherwise", act.by().account(), kind);
        }
        return powers;
    }

    Optional<Powers> of(Actor by, @Nullable String credential, Instant at) {
        note(by.account());
        note(by.person());
        if (!isTold(by.account()) || !isTold(by.person())) {
            return Optional.empty();
        }
        Account account = usable(by.account());
        var limits = new ArrayList<>(List.of(account.grants));
        if (credential != null && credential.startsWith(KEY)) {
            Account.Key key = account.keys.get(credential.substring(KEY.length()));
            if (key == null || !at.isBefore(key.endsAt())) {
                throw new VerificationFailed("key-ended: %s had no such key any more".formatted(by));
            }
            if (key.limit() != null) {
                limits.add(key.limit());
            }
        }
        List<String> groups = account.groups;
        Rules.require(account.actsFor == null || account.actsFor.equals(by.onBehalfOf()), "not-a-delegate",
                "the agent %s acts for %s only", by.account(), account.actsFor);
        if (by.onBehalfOf() != null) {
            Account person = usable(by.onBehalfOf());
            Rules.require(account.mayActFor(by.onBehalfOf()) && person.lets(by.account(), at), "not-a-delegate",
                    "%s did not let %s act for them", by.onBehalfOf(), by.account());
            limits.add(person.grants);
            groups = groups.stream().filter(person.groups::contains).toList();
        }
        return Optional.of(new Powers(limits, groups));
    }

    private boolean isTold(String account) {
        return accounts.containsKey(account) && !torn.contains(account);
    }

    private void note(String account) {
        Rules.require(!complete || knows(account) || torn.contains(account), RULE, "there is no account %s", account);
        if (!isTold(account) && missed.add(account)) {
            findings.lack("rule", "the pack does not tell what account:%s might do when it acted".formatted(account));
        }
    }

    /** An account that was made before, usable or not. */
    Account existing(String id) {
        Account account = accounts.get(id);
        if (account == null) {
            throw new VerificationFailed("%s: the account %s is unknown".formatted(RULE, id));
        }
        return account;
    }

    private Account usable(String id) {
        Account account = existing(id);
        Rules.require(account.ended == null, RULE, "the account %s is %s", id, account.ended);
        Rules.require(!account.awaitsIdentity, RULE, "nobody can have come in as %s, which was made for single sign-on", id);
        return account;
    }
}
