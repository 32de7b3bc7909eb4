package io.promptaudit.command.trail;

import java.time.InstantSource;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.command.AccountCommand;
import io.promptaudit.api.command.ChangeCommand;
import io.promptaudit.api.command.Command;
import io.promptaudit.api.command.EnvironmentCommand;
import io.promptaudit.api.command.PromptCommand;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.command.account.Accounts;

/** Puts refusals on record: who tried what belongs to the trail as much as what was done. */
public final class Refusals {
    /** More characters than any target or reason has. */
    private static final int LONGEST = 500;
    private static final int REPLACEMENT = 0xFFFD;

    private final EventBus events;
    private final TransactionManager transactions;
    private final Sequence sequence;
    private final Accounts accounts;
    private final Attribution attribution;
    private final Answers answers;
    private final InstantSource clock;

    /** Publishes {@link CommandRefused} events, each in a transaction of its own. */
    public Refusals(EventBus events, TransactionManager transactions, Sequence sequence, Accounts accounts,
            Attribution attribution, Answers answers, InstantSource clock) {
        this.events = events;
        this.transactions = transactions;
        this.sequence = sequence;
        this.accounts = accounts;
        this.attribution = attribution;
        this.answers = answers;
        this.clock = clock;
    }

    /** Records the refusal, waits for its position, and returns what to throw. */
    Refused record(CommandRefused event, Caller caller, RequestContext context, CommandRejected rejected) {
        EventMessage<CommandRefused> message = new GenericEventMessage<>(event, MetaData.emptyInstance());
        var unitOfWork = DefaultUnitOfWork.startAndGet(message);
        unitOfWork.attachTransaction(transactions);
        unitOfWork.execute(() -> {
            Caller now = accounts.current(caller).orElse(caller);
            events.publish(message.andMetaData(attribution.of(now, context)));
            if (context.idempotency() != null) {
                answers.keep(caller.account(), context.idempotency(), rejected, message.getIdentifier(), clock.instant());
            }
        });
        long position = sequence.await(message.getIdentifier()).position();
        return new Refused(rejected.rule(), String.valueOf(rejected.getMessage()), rejected.policyRevision(),
                message.getIdentifier(), position);
    }

    /** The refusal of a request that did not become a command. */
    static CommandRefused event(String command, CommandRejected rejected) {
        return new CommandRefused(command, "prompts", null, null, null, rejected.rule(),
                fit(String.valueOf(rejected.getMessage())), rejected.policyRevision());
    }

    static CommandRefused event(Command command, CommandRejected rejected) {
        @Nullable
        String prompt = command instanceof PromptCommand c ? c.prompt() : null;
        @Nullable
        String environment = switch (command) {
            case PromptCommand.InEnvironment c -> c.environment();
            case EnvironmentCommand c -> c.environment();
            case ChangeCommand c -> c.environment();
            case PromptCommand _,AccountCommand _ -> null;
        };
        Integer version = switch (command) {
            case PromptCommand.OnVersion c -> Integer.valueOf(c.version());
            case PromptCommand.EditPrompt c -> Integer.valueOf(c.basedOn());
            case PromptCommand _,EnvironmentCommand _,AccountCommand _,ChangeCommand _ -> null;
        };
        boolean nameless = command instanceof PromptCommand && prompt == null;
        return new CommandRefused(command.getClass().getSimpleName(), nameless ? "prompts" : fit(command.target()),
                prompt == null ? null : fit(prompt), version, environment == null ? null : fit(environment), rejected.rule(),
                fit(String.valueOf(rejected.getMessage())), rejected.policyRevision());
    }

    /**
     * Permission is decided before values are judged, so a refused name may be anything. The trail keeps it for ever and every
     * view and feed shows it: no longer than a name can be, and without what no name can hold.
     */
    private static String fit(String text) {
        var fit = new StringBuilder();
        text.codePoints().limit(LONGEST).map(c -> isVisible(c) ? c : REPLACEMENT).forEach(fit::appendCodePoint);
        return fit.toString();
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }
}
