package io.promptaudit.command.trail;

/** An answer that says which event a request made, and where it stands. */
public interface Acknowledgement {

    /** The event's id. */
    String eventId();

    /** The event's position. */
    long position();

    /** Whether what was asked for waits for a second admin. */
    boolean isPending();

    /** The same answer, of an event that a signed checkpoint covers. */
    Acknowledgement withSeal();
}
