package io.promptaudit.ledger;

/** Something that a check needs is not there, so that nothing can be said: a tile, a checkpoint, a cosignature. */
public final class MissingEvidence extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param missing what is missing */
    public MissingEvidence(String missing) {
        super(missing);
    }
}
