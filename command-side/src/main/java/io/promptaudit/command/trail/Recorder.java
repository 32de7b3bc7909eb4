package io.promptaudit.command.trail;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.command.Command;

/** The one way in: every endpoint, page and adapter hands its commands to this. */
public interface Recorder {

    /**
     * Decides the command and answers once its event is durable and has its position.
     *
     * @throws Refused when a rule refused it; the refusal itself is recorded by then
     * @throws io.promptaudit.api.UnknownThing when it names a prompt, version or environment that does not exist
     * @throws io.promptaudit.api.MalformedRequest when a required value is missing
     * @throws io.promptaudit.api.InvalidValue when a value may not be
     * @throws IdempotencyConflict when the idempotency key was used with another request
     * @throws TrailUnavailable when nothing could be recorded, and nothing changed
     * @throws OutcomeUnknown when the event was written but could not be made durable in time
     */
    Recorded record(Command command, Caller caller, RequestContext context);

    /**
     * Decides and writes like {@link #record}, but leaves the waiting to the caller: for streams, which wait once for many.
     * Nothing may be acknowledged before {@link Pending#await} returned for it, or for a later command of the same thread.
     *
     * @throws Refused as {@link #record} does, and all the others but {@link OutcomeUnknown}
     */
    Pending decide(Command command, Caller caller, RequestContext context);

    /**
     * Puts on record that a request was refused before it became a command.
     *
     * @param command the name of the command it would have become
     * @return what to throw
     */
    Refused refuse(String command, Caller caller, RequestContext context, CommandRejected rejected);
}
