package io.promptaudit.ledger;

/** Well-formed input that contradicts what it should prove: a proof, a signature or a hash that does not hold. */
public final class VerificationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param contradiction what does not hold, and where */
    public VerificationFailed(String contradiction) {
        super(contradiction);
    }
}
