package io.promptaudit.ledger.tile;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.tree.Hash;

/** Reads the files of a ledger. Checks their form; whether they are true is for others to find out. */
public final class TileReader {
    /** The name of the checkpoint's file. */
    public static final String CHECKPOINT = "checkpoint";

    private final TileSource source;

    /** Reads from there. */
    public TileReader(TileSource source) {
        this.source = source;
    }

    /**
     * The newest checkpoint.
     *
     * @throws MalformedInput if it is no signed note
     * @throws MissingEvidence if there is none
     */
    public SignedNote checkpoint() {
        byte[] note = source.read(CHECKPOINT, SignedNote.MAX_LENGTH);
        if (note == null) {
            throw new MissingEvidence("there is no file " + CHECKPOINT);
        }
        return SignedNote.parse(note);
    }

    /**
     * The hashes of a tile, one behind the other. The full tile does where the partial one is not kept any more.
     *
     * @throws MalformedInput if there are more or fewer hashes
     * @throws MissingEvidence if neither is there
     */
    public byte[] hashes(TilePath path) {
        byte[] partial = source.read(path.toString(), TilePath.FULL * Hash.LENGTH);
        return partial != null
                ? exact(path, partial)
                : Arrays.copyOf(exact(path.full(), full(path, TilePath.FULL * Hash.LENGTH)), path.width() * Hash.LENGTH);
    }

    private static byte[] exact(TilePath path, byte[] hashes) {
        if (hashes.length != path.width() * Hash.LENGTH) {
            throw new MalformedInput(path.toString(),
                    "has %d bytes instead of %d".formatted(hashes.length, path.width() * Hash.LENGTH));
        }
        return hashes;
    }

    /**
     * A bundle of entries. The full one does where the partial one is not kept any more.
     *
     * @throws MalformedInput if it does not have that many entries
     * @throws MissingEvidence if neither is there
     */
    public EntryBundle entries(TilePath path) {
        byte[] partial = source.read(path.toString(), EntryBundle.MAX_LENGTH);
        return partial != null
                ? EntryBundle.parse(partial, path.width(), path.toString())
                : EntryBundle.parse(full(path, EntryBundle.MAX_LENGTH), TilePath.FULL, path.full().toString())
                        .first(path.width());
    }

    private byte[] full(TilePath path, int limit) {
        byte @Nullable [] full = path.partial() ? source.read(path.full().toString(), limit) : null;
        if (full == null) {
            throw new MissingEvidence("there is no file " + path);
        }
        return full;
    }
}
