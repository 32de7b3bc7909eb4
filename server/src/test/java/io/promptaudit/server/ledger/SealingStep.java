package io.promptaudit.server.ledger;

/** Where sealing can be interrupted, from the first force to the answer. */
enum SealingStep {
    /** Events are committed and not yet forced to disk. */
    FORCING(false),
    /** What was forced is on disk, and nobody knows. */
    FORCED(false),
    /** Positions are written and their leaves are not; the transaction is open. */
    POSITIONS_WRITTEN(true),
    /** Leaves, nodes and root are written; the transaction is open. */
    LEAVES_WRITTEN(true),
    /** Positions and leaves are committed and not yet forced to disk. */
    LEAVES_COMMITTED(false),
    /** The tree is on disk, and the sealer does not know. */
    TREE_DURABLE(false),
    /** Before the first signature. */
    SIGNING(false),
    /** After the first signature and before the second. */
    HALF_SIGNED(false),
    /** All have signed, and nobody has seen it. */
    SIGNED(false),
    /** Before the second place has the checkpoint. */
    KEEPING(false),
    /** The second place has a half of it. */
    HALF_KEPT(false),
    /** The second place has it, and it is not published. */
    KEPT(false),
    /** The checkpoint is published, and a writer has seen that its event is sealed. */
    SEALED(false),
    /** The writer has its receipt, and has not answered with it. */
    PROVEN(false);

    private final boolean isCaptured;

    SealingStep(boolean isCaptured) {
        this.isCaptured = isCaptured;
    }

    /** Whether the file is to hold the open transaction when the process is killed. */
    boolean isCaptured() {
        return isCaptured;
    }

    /** Whether it is taken for the checkpoint of the empty tree too, with which a ledger begins. */
    boolean isInBeginning() {
        return compareTo(SIGNING) >= 0 && compareTo(KEPT) <= 0;
    }
}
