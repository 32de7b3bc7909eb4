package io.promptaudit.ledger.release;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.ledger.verification.Findings;

/**
 * Decides again, from the events alone, whatever the server let through: every approval, deployment, rollback and review of an
 * emergency, under the policy that was in force and with what whoever acted might do, and who opened an epoch of the ledger or changed
 * its keys. Remembers what rules need of prompts, environments and accounts, and no contents. For one thread at a time.
 */
public final class ReleaseCheck {
    private static final String CHECK = "rule";
    private static final Set<String> RELEASES = Set.of("PromptDeployed", "PromptRolledBack", "PromptWithdrawn",
            "EmergencyReviewed");

    private final Findings findings;
    private final Accounts accounts;
    private final ServerActs server;
    private final AccountRules accountRules;
    private final Policies policies = new Policies();
    private final Map<String, PromptState> prompts = new HashMap<>();
    private long decided;
    private long releases;

    /** @param findings takes what does not hold, under the name {@code rule} */
    public ReleaseCheck(Findings findings) {
        this.findings = findings;
        accounts = new Accounts(findings);
        server = new ServerActs(accounts);
        accountRules = new AccountRules(accounts, server);
    }

    /** From now on whoever acts is told of, as in a pack of the whole trail: somebody unknown contradicts, and is not missing. */
    public void expectEveryAccount() {
        accounts.expectAll();
    }

    /**
     * Decides one event again.
     *
     * @param position in the one order, ascending over all aggregates
     * @param event the next one of its aggregate
     */
    public void accept(long position, StoredEvent event) {
        Optional<History> stands = History.of(event.aggregateId());
        Optional<History> belongs = History.ofType(event.payloadType());
        if (belongs.isPresent() && !belongs.equals(stands)) {
            findings.contradict(CHECK, place(position, event, "")
                    + "own-stream: a %s stands among the events of %s".formatted(event.payloadType(), event.aggregateId()));
            return;
        }
        stands.ifPresent(history -> {
            switch (history) {
                case PROMPT -> {
                    PromptState prompt = prompts.computeIfAbsent(event.aggregateId(), _ -> new PromptState());
                    decide(position, event, act -> new PromptRules(prompt, policies, accounts).check(act), prompt::apply);
                }
                case ENVIRONMENT -> decide(position, event, act -> {
                    policies.check(act);
                    requireAdmin(act);
                }, policies::apply);
                case ACCOUNT -> decide(position, event, accountRules::check, accountRules::apply);
                case LEDGER -> decide(position, event, this::requireAdmin, _ -> {});
            }
        });
    }

    private void requireAdmin(Act act) {
        if (act.by().isServer()) {
            server.check(act);
        } else {
            Permissions.requireAdmin(accounts.of(act), act);
        }
    }

    /** What an event does. */
    private interface Step {
        void take(Act act);
    }

    private void decide(long position, StoredEvent event, Step check, Step apply) {
        findings.run(CHECK, () -> {
            Act act = located(position, event, "", () -> Act.of(event));
            decided++;
            releases += RELEASES.contains(act.type()) ? 1 : 0;
            try {
                both(() -> check.take(act), () -> apply.take(act));
            } catch (MalformedInput | VerificationFailed | MissingEvidence failure) {
                located(position, event, " (%s)".formatted(act.subject()), () -> {
                    throw failure;
                });
            }
        });
    }

    /** Says at which event it failed. */
    private static <T> T located(long position, StoredEvent event, String subject, Supplier<T> body) {
        try {
            return body.get();
        } catch (MalformedInput | VerificationFailed wrong) {
            throw new VerificationFailed(place(position, event, subject) + wrong.getMessage());
        } catch (MissingEvidence missing) {
            throw new MissingEvidence(place(position, event, subject) + missing.getMessage());
        }
    }

    /** What was recorded is told on, right or not; the first failure is the one to tell of. */
    private static void both(Runnable first, Runnable second) {
        try {
            first.run();
        } catch (MalformedInput | VerificationFailed | MissingEvidence failure) {
            try {
                second.run();
            } catch (MalformedInput | VerificationFailed | MissingEvidence further) {
                failure.addSuppressed(further);
            }
            throw failure;
        }
        second.run();
    }

    private static String place(long position, StoredEvent event, String subject) {
        return "event %s, position %d%s: ".formatted(event.eventId(), position, subject);
    }

    /** Some events of this aggregate are not there: from now on nothing can be decided by it. Its events are not accepted any more. */
    public void tear(String aggregate) {
        History.of(aggregate).ifPresent(history -> {
            switch (history) {
                case PROMPT -> findings.lack(CHECK, "%s cannot be decided again from there on".formatted(aggregate));
                case ENVIRONMENT -> policies.tear(history.name(aggregate));
                case ACCOUNT -> accounts.tear(history.name(aggregate));
                case LEDGER -> findings.lack(CHECK, "who decided on the ledger cannot be told from there on");
            }
        });
    }

    /** How many events of prompts, environments, accounts and the ledger itself were decided again. */
    public long decided() {
        return decided;
    }

    /** How many of them released something: deployments, rollbacks, withdrawals and reviews of emergencies. */
    public long releases() {
        return releases;
    }
}
