package io.promptaudit.server.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.pack.PackWriter;
import io.promptaudit.ledger.tile.TileReader;
import io.promptaudit.ledger.tile.TileSource;

/**
 * The files of the ledger, each copied into the pack when it is read. A verification reads every file that the checkpoint needs, once:
 * so it copies the ledger, and what was verified is what was packed.
 */
final class CopiedLedger implements TileSource {
    private final byte[] checkpoint;
    private final TileSource tiles;
    private final PackWriter pack;

    CopiedLedger(byte[] checkpoint, TileSource tiles, PackWriter pack) {
        this.checkpoint = checkpoint;
        this.tiles = tiles;
        this.pack = pack;
    }

    @Override
    public byte @Nullable [] read(String path, int limit) {
        byte[] file = path.equals(TileReader.CHECKPOINT) ? checkpoint : tiles.read(path, limit);
        if (file != null) {
            try {
                pack.member(path, out -> out.write(file));
            } catch (IOException e) {
                throw new Broken(e);
            }
        }
        return file;
    }

    /** The pack cannot be written. No {@link UncheckedIOException}, which a verification takes for evidence that is missing. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(IOException cause) {
            super(cause);
        }
    }
}
