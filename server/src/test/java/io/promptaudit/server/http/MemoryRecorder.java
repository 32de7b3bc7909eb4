package io.promptaudit.server.http;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.command.Command;
import io.promptaudit.api.command.PromptCommand;
import io.promptaudit.command.trail.Pending;
import io.promptaudit.command.trail.Recorded;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.Refused;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.command.validation.CommandValidator;

/** Remembers what reached it, and fails once when told to. */
class MemoryRecorder implements Recorder {
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final CommandValidator validator = new CommandValidator();

    @Override
    public Recorded record(Command command, Caller caller, RequestContext context) {
        RuntimeException planned = failure.getAndSet(null);
        if (planned != null) {
            throw planned;
        }
        validator.validate(command);
        received.add(new Received(command, caller, context));
        String prompt = command instanceof PromptCommand on ? on.prompt() : null;
        return new Recorded(prompt, null, null, null, null, null, null, "5f0c7a1e-0000-4000-8000-000000000001", 7,
                Instant.parse("2026-01-31T09:30:00Z"), true, null);
    }

    @Override
    public Pending decide(Command command, Caller caller, RequestContext context) {
        throw new UnsupportedOperationException("only streams decide without waiting");
    }

    @Override
    public Refused refuse(String command, Caller caller, RequestContext context, CommandRejected rejected) {
        return new Refused(rejected.rule(), String.valueOf(rejected.getMessage()), null, "5f0c7a1e-0000-4000-8000-000000000002",
                8);
    }

    void failOnce(RuntimeException planned) {
        failure.set(planned);
    }

    int count() {
        return received.size();
    }

    Received last() {
        return received.getLast();
    }

    record Received(Command command, Caller caller, RequestContext context) {}

    /** Stands for a failure that another part of the server maps. */
    static class Behind extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Behind() {
            super("The view is behind.");
        }
    }
}
