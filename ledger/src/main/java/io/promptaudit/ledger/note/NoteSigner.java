package io.promptaudit.ledger.note;

import io.promptaudit.ledger.encoding.Bytes;

/** Signs notes with one key, which may be kept elsewhere. */
public interface NoteSigner {
    /** The key that verifies the signatures. */
    VerifierKey key();

    /**
     * Signs a note.
     *
     * @param text of the note, with its final line feed
     * @return the signature, as it stands behind the key's id
     */
    Bytes sign(String text);
}
