package io.promptaudit.server.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.promptaudit.command.trail.TrailUnavailable;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.EventLeaf;
import io.promptaudit.ledger.tile.TilePath;
import io.promptaudit.ledger.tree.CompactRange;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.TreeHasher;
import io.promptaudit.server.ledger.LedgerTable.Leaf;
import io.promptaudit.server.ledger.LedgerTable.Node;
import io.promptaudit.server.sequence.Ledger;
import io.promptaudit.server.sequence.LedgerDamaged;
import io.promptaudit.server.sequence.Unplaced;

/**
 * Grows the tree with the order: leaf, nodes and the new root are written in the transaction that gives the positions, so a
 * position has a leaf or there is neither, and each size has one root. The leaf's index is the position less one.
 */
final class GrowingLedger implements Ledger {
    private final LedgerTable table;
    private final StoredTiles tiles;
    private final StoredEvents events;
    private final Sealer sealer;
    private final TreeHasher hasher = new TreeHasher();
    private CompactRange range = new CompactRange();

    GrowingLedger(LedgerTable table, StoredEvents events, Sealer sealer) {
        this.table = table;
        this.tiles = new StoredTiles(table);
        this.events = events;
        this.sealer = sealer;
    }

    @Override
    public void follow(long head) {
        long size = table.size();
        if (size != head) {
            throw new LedgerDamaged("there are %d positions, but %d leaves".formatted(head, size));
        }
        range = tiles.prover(size).range(size);
        if (size > 0 && !table.rootAt(size).equals(Optional.of(range.root()))) {
            throw new LedgerDamaged("the leaves up to %d have another root than was written down for them".formatted(size));
        }
        durable();
    }

    @Override
    public void append(List<Unplaced> placed, long first) {
        List<Hash> hashes = events.hashes(placed.stream().map(Unplaced::index).toList());
        var leaves = new ArrayList<Leaf>(placed.size());
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < placed.size(); i++) {
            Unplaced event = placed.get(i);
            byte[] entry = new EventLeaf(event.eventId(), first + i, event.recordedAt(), hashes.get(i)).encode();
            Hash hash = hasher.leaf(entry);
            range.append(hash.toArray(), 0, (level, index, roots, at) -> {
                if (level > 0 && level % TilePath.HEIGHT == 0) {
                    nodes.add(new Node(level / TilePath.HEIGHT, index, Hash.of(roots, at)));
                }
            });
            leaves.add(new Leaf(Bytes.of(entry), hash));
        }
        table.addLeaves(leaves, first - 1);
        table.addNodes(nodes);
        table.addCheckpoint(range.size(), range.root());
    }

    @Override
    public void durable() {
        sealer.seal(new Tip(range.size(), range.root()));
    }

    @Override
    public void requireSealing() {
        String refusal = sealer.refusal();
        if (refusal != null) {
            throw new TrailUnavailable("nothing can be sealed now, because " + refusal + "; nothing changed", null);
        }
    }
}
