package io.promptaudit.ledger.verification;

/** What can be said of a ledger, or of one check of it. */
public enum Verdict {
    /** Everything was there, and everything held. */
    GOOD,
    /** Nothing contradicts, but something is missing, so that nothing can be concluded. */
    INCOMPLETE,
    /** Something contradicts. */
    CONTRADICTED
}
