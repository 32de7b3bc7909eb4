package io.promptaudit.ledger.release;

import java.util.HashMap;
import java.util.Map;

import io.promptaudit.ledger.VerificationFailed;

/** What waits for a second admin. */
final class Proposals {
    private final Map<String, Act> waiting = new HashMap<>();

    void proposed(Act act) {
        waiting.put(act.id(), act);
    }

    void settled(String change) {
        waiting.remove(change);
    }

    /** The proposal, which still waits, of the same aggregate as this event. */
    Act waiting(Act act, String change) {
        Act proposal = waiting.get(change);
        if (proposal == null || !proposal.event().aggregateId().equals(act.event().aggregateId())) {
            throw new VerificationFailed("change-settled: no such change waits");
        }
        return proposal;
    }

    /**
     * A second admin, in person, confirmed what somebody else proposed.
     *
     * @param what the field of both events that says what
     */
    void confirmed(Act act, String change, String what) {
        Act proposal = waiting(act, change);
        Rules.require(!proposal.by().person().equals(act.by().person()), "proposer-may-not-confirm",
                "%s proposed what they confirm", proposal.by());
        Rules.require("person".equals(act.metadata().findText("kind")), "person-must-act", "no person confirms it");
        Rules.require(proposal.body().value(what).equals(act.body().value(what)), "confirmed-change",
                "it is not what was proposed");
    }
}
