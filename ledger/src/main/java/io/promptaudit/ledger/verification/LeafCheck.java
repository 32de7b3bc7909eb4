package io.promptaudit.ledger.verification;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.leaf.EventLeaf;

/** Every entry has its form, and stands where it says. */
public final class LeafCheck implements EntryCheck {
    @Override
    public void check(long index, byte[] entry) {
        leaf(index, entry);
    }

    /**
     * The entry with this index.
     *
     * @throws MalformedInput if it is no entry
     * @throws VerificationFailed if it says that it stands elsewhere
     */
    public static EventLeaf leaf(long index, byte[] entry) {
        EventLeaf leaf = EventLeaf.parse(entry);
        if (leaf.position() != index + 1) {
            throw new VerificationFailed("event %s says that its position is %d".formatted(leaf.eventId(), leaf.position()));
        }
        return leaf;
    }

    @Override
    public String subject(byte[] entry) {
        try {
            return " (event %s)".formatted(EventLeaf.parse(entry).eventId());
        } catch (MalformedInput saysNothing) {
            return "";
        }
    }
}
