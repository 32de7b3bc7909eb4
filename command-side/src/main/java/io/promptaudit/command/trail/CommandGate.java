package io.promptaudit.command.trail;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;
import io.promptaudit.api.command.AccountCommand;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.ChangeGroups;
import io.promptaudit.api.command.AccountCommand.CloseAccount;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.AccountCommand.EraseAccount;
import io.promptaudit.api.command.AccountCommand.LinkIdentity;
import io.promptaudit.api.command.AccountCommand.LockAccount;
import io.promptaudit.api.command.AccountCommand.SetPassword;
import io.promptaudit.api.command.AccountCommand.UnlockAccount;
import io.promptaudit.api.command.ChangeCommand;
import io.promptaudit.api.command.Command;
import io.promptaudit.api.command.EnvironmentCommand;
import io.promptaudit.api.command.PromptCommand;
import io.promptaudit.api.command.PromptCommand.ExecuteSchedule;
import io.promptaudit.command.account.Accounts;
import io.promptaudit.command.trail.RequestContext.Idempotency;

import static java.util.Objects.requireNonNull;

/**
 * Stands before every command handler, inside its transaction: takes the locks, gives a repeated request its first answer, reads the
 * caller's grants as they are now, checks permission, then values, and writes down who acts. No endpoint or adapter can forget
 * it.
 */
public final class CommandGate implements MessageHandlerInterceptor<CommandMessage<?>> {
    /** The key of the {@link Caller} in a command's metadata. */
    static final String CALLER = "caller";
    /** The key of the {@link RequestContext} in a command's metadata. */
    static final String CONTEXT = "context";
    private static final String POLICIES = "policies";
    private static final String ADMINS = "admins";

    private final DecisionLocks locks;
    private final Accounts accounts;
    private final Consumer<Command> validator;
    private final Answers answers;
    private final Attribution attribution;
    private final InstantSource clock;

    /**
     * @param validator refuses values that may not be, with {@link io.promptaudit.api.MalformedRequest} or
     *     {@link io.promptaudit.api.InvalidValue}
     */
    public CommandGate(DecisionLocks locks, Accounts accounts, Consumer<Command> validator, Answers answers,
            Attribution attribution, InstantSource clock) {
        this.locks = locks;
        this.accounts = accounts;
        this.validator = validator;
        this.answers = answers;
        this.attribution = attribution;
        this.clock = clock;
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        CommandMessage<?> message = unitOfWork.getMessage();
        Command command = (Command) message.getPayload();
        Caller presented = requireNonNull((Caller) message.getMetaData().get(CALLER));
        RequestContext context = requireNonNull((RequestContext) message.getMetaData().get(CONTEXT));
        var held = locks.acquire(wanted(command, presented, context.idempotency()));
        unitOfWork.onCleanup(done -> held.close());

        if (ServerAccount.is(presented)) {
            identify(unitOfWork, command instanceof ExecuteSchedule c ? ServerAccount.onBehalfOf(person(c)) : presented, context);
            validator.accept(command);
            return chain.proceed();
        }
        Caller caller = accounts.admit(presented);
        // The first answer stands, also where the caller has other grants by now.
        Optional<Answers.Kept> kept = kept(caller, context.idempotency());
        if (kept.isPresent()) {
            return kept.get();
        }
        Permissions.require(command, caller);
        InPerson.require(command, caller, now());
        identify(unitOfWork, caller, context);
        validator.accept(command);
        Decided decided = (Decided) chain.proceed();
        keep(caller, context.idempotency(), decided);
        return decided;
    }

    /** Puts into the command who acts, with what they may do now. */
    private void identify(UnitOfWork<? extends CommandMessage<?>> unitOfWork, Caller caller, RequestContext context) {
        unitOfWork.transformMessage(m -> m.andMetaData(attribution.of(caller, context)).andMetaData(Map.of(CALLER, caller)));
    }

    /**
     * Who asks, with what they may do now, where a decision needs more than the gate could know.
     *
     * @param metadata of a command that has passed the gate
     */
    public static Caller caller(MetaData metadata) {
        return requireNonNull((Caller) metadata.get(CALLER));
    }

    private static String person(ExecuteSchedule c) {
        return new Actor(c.account(), c.onBehalfOf()).person();
    }

    private Optional<Answers.Kept> kept(Caller caller, @Nullable Idempotency idempotency) {
        return idempotency == null ? Optional.empty() : answers.find(caller.account(), idempotency);
    }

    private void keep(Caller caller, @Nullable Idempotency idempotency, Decided decided) {
        if (idempotency != null && decided.eventId() != null) {
            answers.keep(caller.account(), idempotency, decided, now());
        }
    }

    private Instant now() {
        return clock.instant();
    }

    static DecisionLocks.Wanted wanted(Command command, Caller caller,
            @Nullable Idempotency idempotency) {
        var wanted = new DecisionLocks.Wanted().shared("account:" + caller.account());
        if (caller.onBehalfOf() != null) {
            wanted.shared("account:" + caller.onBehalfOf());
        }
        if (idempotency != null) {
            wanted.exclusive("answer:" + caller.account() + ":" + idempotency.key());
        }
        switch (command) {
            // Who is an admin and can sign in decides whether another admin must be left, and whether one must confirm.
            case CreateAccount _,SetPassword _,LinkIdentity _,ChangeGrants _,LockAccount _,UnlockAccount _,CloseAccount _,EraseAccount _ ->
                wanted.exclusive(command.target()).exclusive(ADMINS);
            case ChangeGroups _ -> wanted.exclusive(command.target()).shared(ADMINS);
            case AccountCommand _ -> wanted.exclusive(command.target());
            case EnvironmentCommand _ -> wanted.exclusive(POLICIES).shared(ADMINS);
            case ChangeCommand c -> wanted.exclusive(c.target()).exclusive(POLICIES).exclusive(ADMINS);
            case ExecuteSchedule c ->
                wanted.shared(POLICIES).shared("account:" + c.account()).shared("account:" + person(c));
            case PromptCommand _ -> wanted.shared(POLICIES);
        }
        return wanted;
    }
}
