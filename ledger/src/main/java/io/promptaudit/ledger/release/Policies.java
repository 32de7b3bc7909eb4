package io.promptaudit.ledger.release;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.promptaudit.ledger.MissingEvidence;

/** The release policies in force, told from the events of environments. */
final class Policies {
    private final Map<String, Policy> inForce = new HashMap<>();
    private final Proposals proposals = new Proposals();
    private final Set<String> torn = new HashSet<>();

    /**
     * The environment's policy.
     *
     * @throws MissingEvidence if the pack does not tell it
     */
    Policy of(String environment) {
        Policy policy = inForce.get(environment);
        if (policy == null || torn.contains(environment)) {
            throw new MissingEvidence("the pack does not tell the policy of " + environment);
        }
        return policy;
    }

    Collection<Policy> all() {
        return inForce.values();
    }

    /** From now on nobody knows what is in force there. */
    void tear(String environment) {
        torn.add(environment);
    }

    private long revision(String environment) {
        Policy policy = inForce.get(environment);
        return policy == null ? 0 : policy.revision();
    }

    /** Checks what stands between this event and those before it. */
    void check(Act act) {
        Fields body = act.body();
        String environment = body.text("environment");
        Rules.requireStream(act, "environment:" + environment);
        switch (act.type()) {
            case "ReleasePolicyChanged" -> {
                Rules.require(body.number("revision") == revision(environment) + 1, "policy-revision",
                        "revision %d follows revision %d", body.number("revision"), revision(environment));
                Policy.of(body.number("revision"), body.object("policy"));
                String confirmed = body.findText("confirms");
                if (confirmed != null) {
                    Rules.require(proposals.waiting(act, confirmed).body().number("basedOn") == revision(environment),
                            "stale-change", "it confirms what was based on another revision");
                    proposals.confirmed(act, confirmed, "policy");
                }
            }
            case "PolicyChangeProposed" -> Rules.require(body.number("basedOn") == revision(environment), "stale-change",
                    "it is based on revision %d, and revision %d is in force", body.number("basedOn"),
                    revision(environment));
            case "PolicyChangeDeclined" -> proposals.waiting(act, body.text("change"));
            default -> throw Act.unknown(act.event());
        }
    }

    void apply(Act act) {
        Fields body = act.body();
        switch (act.type()) {
            case "ReleasePolicyChanged" -> {
                inForce.put(body.text("environment"), Policy.of(body.number("revision"), body.object("policy")));
                String confirmed = body.findText("confirms");
                if (confirmed != null) {
                    proposals.settled(confirmed);
                }
            }
            case "PolicyChangeProposed" -> proposals.proposed(act);
            case "PolicyChangeDeclined" -> proposals.settled(body.text("change"));
            default -> {
                // What is unknown has been told.
            }
        }
    }
}
