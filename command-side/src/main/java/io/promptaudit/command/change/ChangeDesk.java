package io.promptaudit.command.change;

import java.util.function.Function;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.springframework.stereotype.Component;

import io.promptaudit.api.command.ChangeCommand;
import io.promptaudit.api.command.ChangeCommand.ConfirmChange;
import io.promptaudit.api.command.ChangeCommand.DeclineChange;
import io.promptaudit.command.account.Account;
import io.promptaudit.command.account.Admins;
import io.promptaudit.command.environment.Environment;
import io.promptaudit.command.environment.EnvironmentNames;
import io.promptaudit.command.trail.Decided;

/** Brings what a second admin says of a change to the aggregate that the change is about, which decides. */
@Component
public class ChangeDesk {
    private final Repository<Environment> environments;
    private final Repository<Account> accounts;
    private final EnvironmentNames names;
    private final Admins admins;

    /** Loads aggregates from these repositories, within the command's transaction. */
    public ChangeDesk(Repository<Environment> environments, Repository<Account> accounts, EnvironmentNames names,
            Admins admins) {
        this.environments = environments;
        this.accounts = accounts;
        this.names = names;
        this.admins = admins;
    }

    @CommandHandler
    Decided handle(ConfirmChange c, MetaData by) {
        return decide(c, environment -> environment.confirm(c, names, by), account -> account.confirm(c, admins, by));
    }

    @CommandHandler
    Decided handle(DeclineChange c) {
        return decide(c, environment -> environment.decline(c), account -> account.decline(c));
    }

    private Decided decide(ChangeCommand c, Function<Environment, Decided> policy, Function<Account, Decided> grants) {
        if (c.environment() != null) {
            return environments.load(c.target()).invoke(policy);
        }
        if (c.account() != null) {
            return accounts.load(c.target()).invoke(grants);
        }
        throw new AggregateNotFoundException(c.target(), "no such change was proposed");
    }
}
