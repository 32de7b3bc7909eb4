package io.promptaudit.command.trail;

import java.util.Optional;

import io.promptaudit.api.event.SignInRefused;

/** Puts on record who could not sign in. */
public interface SignInRecorder {

    /** The account whose id, public key or hash of a secret this is, whatever became of it; empty when it belongs to none. */
    Optional<String> owner(String name);

    /**
     * Records refused sign-ins as done by the server, with where the last came from, if the account has a key to seal it under.
     *
     * @throws TrailUnavailable when nothing could be recorded
     * @throws OutcomeUnknown when the event was written but could not be made durable in time
     */
    void record(SignInRefused event, RequestContext last);
}
