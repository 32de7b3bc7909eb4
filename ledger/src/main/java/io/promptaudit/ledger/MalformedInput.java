package io.promptaudit.ledger;

/** Bytes from outside that do not have the form their specification demands. */
public final class MalformedInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param where the place at fault, such as {@code line 3}
     * @param rule what is wrong there, to read after the place
     */
    public MalformedInput(String where, String rule) {
        super(where + ": " + rule);
    }
}
