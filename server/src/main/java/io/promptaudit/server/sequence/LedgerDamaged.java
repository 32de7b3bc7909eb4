package io.promptaudit.server.sequence;

/** The ledger contradicts itself, or what is known of it elsewhere: it is not signed any further. */
public final class LedgerDamaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param what the contradiction, as a sentence without its full stop */
    public LedgerDamaged(String what) {
        super(what);
    }

    /**
     * @param what the contradiction, as a sentence without its full stop
     * @param cause what showed it
     */
    public LedgerDamaged(String what, Throwable cause) {
        super(what, cause);
    }
}
