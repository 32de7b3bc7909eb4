package io.promptaudit.server.witness;

import com.fasterxml.jackson.annotation.JsonValue;

/** Who but the data folder would show that the ledger was set back or rewritten, from nobody to somebody else. */
enum LedgerState {
    /** Nothing outside the data folder remembers a checkpoint. */
    UNANCHORED("UNANCHORED"),
    /** A folder outside the data folder does, or a witness did, but no quorum of witnesses does now. */
    SELF_ANCHORED("SELF-ANCHORED"),
    /** A quorum of witnesses does, and is not late with the newest one. */
    WITNESSED("WITNESSED");

    private final String text;

    LedgerState(String text) {
        this.text = text;
    }

    /** As the documentation writes it. */
    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
