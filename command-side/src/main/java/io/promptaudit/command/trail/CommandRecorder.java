package io.promptaudit.command.trail;

import java.util.Map;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.CannotCreateTransactionException;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.command.AccountCommand;
import io.promptaudit.api.command.ChangeCommand;
import io.promptaudit.api.command.Command;
import io.promptaudit.api.command.EnvironmentCommand;
import io.promptaudit.api.command.PromptCommand;
import io.promptaudit.api.command.PromptCommand.ScheduleDeployment;

/** Hands commands to their aggregates, records refusals, and waits, outside every lock and transaction, for the position. */
public final class CommandRecorder implements Recorder {
    /** A lost race for the next sequence number or an idempotency key is decided anew this often. */
    private static final int ATTEMPTS = 5;

    private final CommandGateway commands;
    private final Sequence sequence;
    private final Refusals refusals;

    /** Sends commands through {@code commands} and refusals through {@code refusals}. */
    public CommandRecorder(CommandGateway commands, Sequence sequence, Refusals refusals) {
        this.commands = commands;
        this.sequence = sequence;
        this.refusals = refusals;
    }

    @Override
    public Recorded record(Command command, Caller caller, RequestContext context) {
        return decide(command, caller, context).await();
    }

    @Override
    public Pending decide(Command command, Caller caller, RequestContext context) {
        sequence.requireAccepting();
        for (int attempt = 1;; attempt++) {
            try {
                return decideOnce(command, caller, context);
            } catch (ConcurrencyException | AggregateStreamCreationException | DuplicateKeyException e) {
                if (attempt == ATTEMPTS) {
                    throw new TrailUnavailable("too many writers at once; nothing changed", e);
                }
            } catch (CannotCreateTransactionException | DataAccessException | EventStoreException e) {
                throw new TrailUnavailable("the event store does not answer; nothing changed", e);
            }
        }
    }

    private Pending decideOnce(Command command, Caller caller, RequestContext context) {
        try {
            Object answer = send(command, caller, context);
            return answer instanceof Answers.Kept kept ? repeated(command, kept) : new Waiting(command, (Decided) answer);
        } catch (CommandRejected rejected) {
            throw refusals.record(Refusals.event(command, rejected), caller, context, rejected);
        } catch (AggregateNotFoundException e) {
            throw unknown(command);
        }
    }

    @Override
    public Refused refuse(String command, Caller caller, RequestContext context, CommandRejected rejected) {
        sequence.requireAccepting();
        return refusals.record(Refusals.event(command, rejected), caller, context, rejected);
    }

    private Object send(Command command, Caller caller, RequestContext context) {
        var metadata = Map.of(CommandGate.CALLER, caller, CommandGate.CONTEXT, context);
        return commands.sendAndWait(GenericCommandMessage.asCommandMessage(command).andMetaData(metadata));
    }

    private Pending repeated(Command command, Answers.Kept kept) {
        if (kept.rule() == null) {
            return new Waiting(command, new Decided(kept.eventId(), kept.version(), kept.revision(), kept.pending()));
        }
        throw new Refused(kept.rule(), String.valueOf(kept.detail()), kept.policyRevision(), kept.eventId(),
                position(kept.eventId()).position());
    }

    private Sequence.Positioned position(String eventId) {
        return sequence.find(eventId).orElseGet(() -> sequence.await(eventId));
    }

    private static UnknownThing unknown(Command command) {
        return switch (command) {
            case PromptCommand c -> new UnknownThing("prompt-not-found", "there is no prompt " + c.prompt());
            case EnvironmentCommand c ->
                new UnknownThing("environment-not-found", "there is no environment " + c.environment());
            case AccountCommand c -> new UnknownThing("account-not-found", "there is no account " + c.account());
            case ChangeCommand c -> new UnknownThing("change-not-found", "there is no change " + c.change());
        };
    }

    private final class Waiting implements Pending {
        private final Command command;
        private final Decided decided;

        Waiting(Command command, Decided decided) {
            this.command = command;
            this.decided = decided;
        }

        @Override
        public boolean isNothing() {
            return decided.eventId() == null;
        }

        @Override
        public Recorded await() {
            @Nullable
            String eventId = decided.eventId();
            if (eventId == null) {
                throw new IllegalStateException("nothing was recorded");
            }
            Sequence.Positioned at = position(eventId);
            String prompt = command instanceof PromptCommand c ? c.prompt() : null;
            String environment = switch (command) {
                case EnvironmentCommand c -> c.environment();
                case PromptCommand.InEnvironment c -> c.environment();
                case ChangeCommand c -> c.environment();
                case PromptCommand _,AccountCommand _ -> null;
            };
            String account = switch (command) {
                case AccountCommand c -> c.account();
                case ChangeCommand c -> c.account();
                case PromptCommand _,EnvironmentCommand _ -> null;
            };
            String schedule = command instanceof ScheduleDeployment ? eventId : null;
            String settled = command instanceof ChangeCommand c ? c.change() : null;
            // Whoever answers may wait until it is sealed.
            return new Recorded(prompt, decided.version(), environment, decided.revision(), account,
                    decided.pending() ? eventId : settled, schedule, eventId, at.position(), at.recordedAt(), false,
                    decided.pending() ? true : null);
        }
    }
}
