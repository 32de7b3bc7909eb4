package io.promptaudit.server.ledger;

import java.io.ByteArrayOutputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.tile.TilePath;
import io.promptaudit.ledger.tile.TileReader;
import io.promptaudit.ledger.tile.TileSource;
import io.promptaudit.ledger.tile.TiledTree;
import io.promptaudit.ledger.tree.Prover;

/** The tables as the files of a ledger (C2SP tlog-tiles). */
public final class StoredTiles implements TileSource {
    private final LedgerTable table;

    StoredTiles(LedgerTable table) {
        this.table = table;
    }

    /** Makes proofs of trees with up to so many leaves. For one thread at a time. */
    public Prover prover(long size) {
        return new Prover(new TiledTree(new TileReader(this), size));
    }

    @Override
    public byte @Nullable [] read(String path, int limit) {
        TilePath tile = TilePath.parse(path);
        long from = tile.index() * TilePath.FULL;
        try {
            return tile.entries()
                    ? bundle(table.entries(from, tile.width()))
                    : table.hashes(tile.level(), from, tile.width());
        } catch (MissingEvidence e) {
            return null;
        }
    }

    private static byte[] bundle(List<byte[]> entries) {
        var bundle = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            bundle.write(entry.length >>> Byte.SIZE);
            bundle.write(entry.length);
            bundle.writeBytes(entry);
        }
        return bundle.toByteArray();
    }
}
