package io.promptaudit.command.trail;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.event.ServerEvent;
import io.promptaudit.command.account.Accounts;

/**
 * What admins decided on how the ledger is signed, in a stream of its own. It can be decided while nothing can be sealed, because
 * it may be what mends that.
 */
public final class LedgerDecisions {
    private static final String TYPE = "Ledger";
    private static final String STREAM = "server:ledger";

    private final ServerJournal journal;
    private final Recorder recorder;
    private final Accounts accounts;
    private final DecisionLocks locks;
    private final InstantSource clock;

    /** A decision, and when it was recorded. */
    public record Decision(ServerEvent event, Instant at) {}

    /** Writes to {@code journal}, and refusals to {@code recorder}. Whoever decides is looked at anew among {@code accounts}. */
    public LedgerDecisions(ServerJournal journal, Recorder recorder, Accounts accounts, DecisionLocks locks,
            InstantSource clock) {
        this.journal = journal;
        this.recorder = recorder;
        this.accounts = accounts;
        this.locks = locks;
        this.clock = clock;
    }

    /** Every decision, the oldest first. */
    public List<Decision> all() {
        var decisions = new ArrayList<Decision>();
        var stream = journal.read(STREAM);
        while (stream.hasNext()) {
            var message = stream.next();
            decisions.add(new Decision((ServerEvent) message.getPayload(), message.getTimestamp()));
        }
        return List.copyOf(decisions);
    }

    /**
     * Lets nobody but an admin who signed in just now go on, and them only while something can be recorded.
     *
     * @param decision what it would be, as the refusal names it
     * @throws Refused when the caller may not decide; the refusal is on record
     * @throws TrailUnavailable when nothing can be made durable, be it the decision or its refusal
     */
    public void requireAdmin(String decision, Caller caller, RequestContext context) {
        try {
            if (!accounts.admit(caller).holds(Role.ADMIN)) {
                throw new CommandRejected(Rule.MISSING_GRANT, "you do not hold the role admin; an admin can grant it");
            }
            InPerson.requirePresent(caller, clock.instant());
        } catch (CommandRejected rejected) {
            throw recorder.refuse(decision, caller, context, rejected);
        }
        journal.requireDurability();
    }

    /**
     * Records a decision, also while nothing can be sealed. Nobody takes the role admin away meanwhile: the event stands before the
     * one that does.
     *
     * @param decision what it is, as a refusal names it
     * @param number how many were recorded before
     * @throws Refused when the caller may not decide any more; the refusal is on record
     * @throws TrailUnavailable when nothing can be made durable
     * @throws OutcomeUnknown when the event was written but could not be made durable in time
     */
    public Recorded record(String decision, ServerEvent event, int number, Caller caller, RequestContext context) {
        try (var _ = locks.acquire(new DecisionLocks.Wanted().shared("account:" + caller.account()))) {
            requireAdmin(decision, caller, context);
            return journal.appendUnsealed(TYPE, STREAM, number, event, caller, context);
        }
    }
}
