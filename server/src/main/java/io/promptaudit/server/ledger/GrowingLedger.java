package io.promptaudit.server.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

import io.promptaudit.command.trail.TrailUnavailable;
import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.EventLeaf;
import io.promptaudit.ledger.tile.TilePath;
import io.promptaudit.ledger.tree.CompactRange;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.TreeHasher;
import io.promptaudit.server.ledger.LedgerTable.Leaf;
import io.promptaudit.server.ledger.LedgerTable.Node;
import io.promptaudit.server.ledger.StoredEvents.Event;
import io.promptaudit.server.sequence.Ledger;
import io.promptaudit.server.sequence.LedgerDamaged;
import io.promptaudit.server.sequence.Unplaced;
import io.promptaudit.server.sequence.WriteHold;

/**
 * Grows the tree with the order: leaf, nodes and the new root are written in the transaction that gives the positions, so a
 * position has a leaf or there is neither, and each size has one root. The leaf's index is the position less one.
 */
final class GrowingLedger implements Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(GrowingLedger.class);
    private static final int GROUP = 1000;

    private final LedgerTable table;
    private final TransactionTemplate transaction;
    private final StoredTiles tiles;
    private final StoredEvents events;
    private final EventMac mac;
    private final Sealer sealer;
    private final List<WriteHold> holds;
    private final TreeHasher hasher = new TreeHasher();
    private CompactRange range = new CompactRange();
    /** What was on disk last as this process made it or looked at it: whatever the tables say later goes on from there. */
    private @Nullable Tip trusted;

    GrowingLedger(LedgerTable table, TransactionTemplate transaction, StoredEvents events, EventMac mac, Sealer sealer,
            List<WriteHold> holds) {
        this.table = table;
        this.transaction = transaction;
        this.tiles = new StoredTiles(table);
        this.events = events;
        this.mac = mac;
        this.sealer = sealer;
        this.holds = List.copyOf(holds);
    }

    @Override
    public void follow(long head) {
        try {
            goOnFrom(head);
        } catch (MissingEvidence gone) {
            throw new LedgerDamaged(String.valueOf(gone.getMessage()), gone);
        }
    }

    private void goOnFrom(long head) {
        // Leaves are counted before positions: another sequencer adds both at once, and neither alone.
        long size = table.size();
        long positions = table.positions();
        if (size > positions) {
            throw new LedgerDamaged("there are %d leaves, but %d positions".formatted(size, positions));
        }
        Tip before = trusted;
        if (before != null) {
            requireFrom(before, head);
        }
        requireOurs(before == null ? sealer.knownSize() : before.size(), Math.min(size, head));
        if (size < head) {
            fill(size, head);
        }
        range = tiles.prover(head).range(head);
        if (head > 0 && !table.rootAt(head).equals(Optional.of(range.root()))) {
            throw new LedgerDamaged("the leaves up to %d have another root than was written down for them".formatted(head));
        }
    }

    /** Who rewrites the tables under a running server, and then makes it read them again, has nothing signed. */
    private void requireFrom(Tip before, long head) {
        if (before.size() > 0 && (head < before.size() || !tiles.prover(head).root(before.size()).equals(before.root()))) {
            throw new LedgerDamaged("the first %d events are not those that were there before".formatted(before.size()));
        }
    }

    /**
     * Looks at what has a leaf that this process did not make: another node's, or from before this start and never signed. Who can
     * insert rows can insert a leaf for each.
     */
    private void requireOurs(long from, long end) {
        for (long first = from + 1; first <= end; first += GROUP) {
            List<Unplaced> placed = table.placed(first, Math.min(first + GROUP, end + 1));
            List<byte[]> entries = table.entries(first - 1, placed.size());
            if (entries.size() < placed.size()) {
                throw new LedgerDamaged("a leaf is gone of those from the index %d on".formatted(first - 1));
            }
            List<Event> read = events.read(indices(placed));
            for (int i = 0; i < placed.size(); i++) {
                requireOurs(placed.get(i), read.get(i));
                if (!Arrays.equals(entries.get(i), entry(placed.get(i), first + i, read.get(i)))) {
                    throw new LedgerDamaged("the leaf of the event " + placed.get(i).eventId() + " is another event's");
                }
            }
        }
    }

    private static byte[] entry(Unplaced event, long position, Event read) {
        return new EventLeaf(event.eventId(), position, event.recordedAt(), read.hash()).encode();
    }

    /** A trail is older than its ledger where an earlier release wrote it, and then there is no leaf at all. */
    private void fill(long size, long head) {
        if (size > 0) {
            throw new LedgerDamaged("there are %d positions, but %d leaves".formatted(head, size));
        }
        LOG.warn("Positions from {} to {} have no leaves yet: they get them now", size + 1, head);
        range = tiles.prover(size).range(size);
        for (long from = size; from < head; from = range.size()) {
            long first = from + 1;
            List<Unplaced> placed = table.placed(first, Math.min(first + GROUP, head + 1));
            transaction.executeWithoutResult(status -> append(placed, events.read(indices(placed)), first));
        }
    }

    @Override
    public void append(List<Unplaced> placed, long first) {
        List<Event> read = events.read(indices(placed));
        for (int i = 0; i < placed.size(); i++) {
            requireOurs(placed.get(i), read.get(i));
        }
        append(placed, read, first);
    }

    private void requireOurs(Unplaced event, Event read) {
        if (!mac.fits(read.hash(), read.mac())) {
            throw new LedgerDamaged("the event " + event.eventId() + " was not written by this server: somebody inserted it");
        }
    }

    private static List<Long> indices(List<Unplaced> placed) {
        return placed.stream().map(Unplaced::index).toList();
    }

    private void append(List<Unplaced> placed, List<Event> read, long first) {
        var leaves = new ArrayList<Leaf>(placed.size());
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < placed.size(); i++) {
            Unplaced event = placed.get(i);
            byte[] entry = entry(event, first + i, read.get(i));
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
        var tip = new Tip(range.size(), range.root());
        trusted = tip;
        sealer.seal(tip);
    }

    @Override
    public void requireSealing() {
        sealer.awaitFirstLook();
        String refusal = sealer.refusal();
        if (refusal != null) {
            throw new TrailUnavailable("nothing can be sealed now, because " + refusal + "; nothing changed", null);
        }
        for (WriteHold hold : holds) {
            String reason = hold.reason();
            if (reason != null) {
                throw new TrailUnavailable("nothing is recorded now, because " + reason + "; nothing changed", null);
            }
        }
    }
}
