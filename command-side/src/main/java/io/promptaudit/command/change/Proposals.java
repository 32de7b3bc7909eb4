package io.promptaudit.command.change;

import java.util.HashMap;
import java.util.Map;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Rule;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.command.trail.Actor;

/**
 * What was proposed for one thing that is always set whole, such as an environment's policy, and what became of it. For an
 * aggregate, which tells it every event.
 *
 * @param <E> the event that proposes
 */
public final class Proposals<E> {
    private final Map<String, Proposal<E>> proposals = new HashMap<>();
    private long revision;

    /**
     * One proposal.
     *
     * @param proposer the account that proposed it
     * @param person the person behind that account
     * @param what what it would set
     */
    public record Proposal<E>(String proposer, String person, long basedOn, E what, boolean settled) {
        private Proposal<E> closed() {
            return new Proposal<>(proposer, person, basedOn, what, true);
        }
    }

    /** How often the thing was set. */
    public long revision() {
        return revision;
    }

    /** The message proposes something. */
    public void proposed(EventMessage<?> message, long basedOn, E what) {
        Actor by = Actor.of(message.getMetaData());
        proposals.put(message.getIdentifier(), new Proposal<>(by.account(), by.person(), basedOn, what, false));
    }

    /** The thing was set; {@code confirms} is the proposal that was confirmed by it, or null. */
    public void changed(@Nullable String confirms) {
        revision++;
        if (confirms != null) {
            declined(confirms);
        }
    }

    /** The proposal is settled. */
    public void declined(String change) {
        proposals.computeIfPresent(change, (_, proposal) -> proposal.closed());
    }

    /**
     * The proposal, if this caller may let it take effect now.
     *
     * @throws CommandRejected when the caller is or acts for the person who proposed it, or is no person, or when it waits no longer
     * @throws UnknownThing when nothing such was proposed
     */
    public Proposal<E> confirmable(String change, MetaData by) {
        Proposal<E> proposal = known(change);
        if (proposal.person().equals(Actor.of(by).person())) {
            throw new CommandRejected(Rule.PROPOSER_MAY_NOT_CONFIRM,
                    "%s proposed this change; another admin can confirm it".formatted(proposal.proposer()));
        }
        if (!FourEyes.isPerson(by)) {
            throw new CommandRejected(Rule.PERSON_MUST_ACT,
                    "services and agents confirm nothing, because others hold their keys; a person who is an admin can");
        }
        return pending(change);
    }

    /**
     * The proposal, which waits.
     *
     * @throws CommandRejected when it waits no longer
     * @throws UnknownThing when nothing such was proposed
     */
    public Proposal<E> pending(String change) {
        Proposal<E> proposal = known(change);
        if (proposal.settled()) {
            throw new CommandRejected(Rule.CHANGE_SETTLED, "the change was confirmed or declined already");
        }
        if (proposal.basedOn() != revision) {
            throw new CommandRejected(Rule.STALE_CHANGE,
                    "the change is based on revision %d, and revision %d is in force; an admin can propose it anew"
                            .formatted(proposal.basedOn(), revision));
        }
        return proposal;
    }

    /** Whether it was proposed here, whatever became of it. */
    public boolean knows(String change) {
        return proposals.containsKey(change);
    }

    private Proposal<E> known(String change) {
        Proposal<E> proposal = proposals.get(change);
        if (proposal == null) {
            throw new UnknownThing("change-not-found", "there is no change " + change);
        }
        return proposal;
    }
}
