package io.promptaudit.command.account;

/** What became of an account. */
public enum Standing {
    /** It can be used. */
    OPEN,
    /** Nobody can use it until it is unlocked. */
    LOCKED,
    /** It ended; what is known of its person can still be read. */
    CLOSED,
    /** Nothing is known of its person any more. */
    ERASED
}
