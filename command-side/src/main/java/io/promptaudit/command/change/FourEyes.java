package io.promptaudit.command.change;

import org.axonframework.messaging.MetaData;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.Rule;
import io.promptaudit.command.account.Admins;
import io.promptaudit.command.trail.Actor;
import io.promptaudit.command.trail.ServerAccount;

/**
 * Says what one admin does not decide alone: anything that could make them both pairs of eyes, as soon as two persons are admins,
 * locked or not. Asked in the command's own transaction, while nobody can become or cease to be an admin.
 */
public final class FourEyes {
    private final Admins admins;
    private final boolean wanted;

    /** @param wanted false lets every admin decide alone */
    public FourEyes(Admins admins, boolean wanted) {
        this.admins = admins;
        this.wanted = wanted;
    }

    /**
     * Whether the change waits for a second admin, asked for by whom the metadata names.
     *
     * @throws CommandRejected by {@link Rule#PERSON_MUST_ACT} when a service or an agent asks where two persons decide: another
     *     admin can have made its key
     */
    public boolean holdsBack(MetaData by) {
        if (!takesTwo(by)) {
            return false;
        }
        if (!isPerson(by)) {
            throw new CommandRejected(Rule.PERSON_MUST_ACT,
                    "services and agents propose nothing that two admins decide, because others make their keys; a person who is an admin can");
        }
        return true;
    }

    /**
     * Passes where one admin decides alone.
     *
     * @param instead what to do where two do, for whoever asks
     * @throws CommandRejected by {@link Rule#SECOND_ADMIN_REQUIRED} where two admins decide
     */
    public void requireOneDecides(MetaData by, String instead) {
        if (takesTwo(by)) {
            throw new CommandRejected(Rule.SECOND_ADMIN_REQUIRED, instead);
        }
    }

    /** The server decides alone: what it does was configured. */
    private boolean takesTwo(MetaData by) {
        return wanted && !Actor.of(by).account().equals(ServerAccount.ID) && admins.persons().size() > 1;
    }

    /** Whether a command comes from a person's own account. */
    static boolean isPerson(MetaData by) {
        return AccountKind.PERSON.id().equals(by.get(EventMetadata.KIND));
    }
}
