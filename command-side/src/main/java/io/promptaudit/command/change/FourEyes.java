package io.promptaudit.command.change;

import java.util.Set;

import org.axonframework.messaging.MetaData;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.Rule;
import io.promptaudit.command.account.Admins;
import io.promptaudit.command.trail.Actor;
import io.promptaudit.command.trail.ServerAccount;

/**
 * Says whether an admin's change waits for a second admin. It does where there is one: another person who is an admin and can
 * sign in. Asked in the command's own transaction, while nobody can become or cease to be an admin.
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
     * Whether the change waits, asked for by whom the metadata names.
     *
     * @throws CommandRejected by {@link Rule#PERSON_MUST_ACT} when a service asks alone where two persons should have decided:
     *     whoever holds its key could confirm what it proposes
     */
    public boolean holdsBack(MetaData by) {
        Actor actor = Actor.of(by);
        if (!wanted || actor.account().equals(ServerAccount.ID)) {
            return false;
        }
        Set<String> persons = admins.persons();
        if (isPerson(by) || actor.onBehalfOf() != null) {
            return persons.stream().anyMatch(person -> !person.equals(actor.person()));
        }
        if (persons.size() > 1) {
            throw new CommandRejected(Rule.PERSON_MUST_ACT,
                    "a service alone cannot propose what two admins decide; it can on behalf of a person who is an admin");
        }
        return false;
    }

    /** Whether a command comes from a person's own account. */
    static boolean isPerson(MetaData by) {
        return AccountKind.PERSON.id().equals(by.get(EventMetadata.KIND));
    }
}
