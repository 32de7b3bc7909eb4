package io.promptaudit.server.verification;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.tile.TilePath;
import io.promptaudit.ledger.tree.CompactRange;
import io.promptaudit.ledger.tree.Hash;

/** Grows the tree again, and compares it with the nodes and roots that were written down and with what was signed. */
final class TreeCheck {
    private final RecordedTrail trail;
    private final Findings findings;
    private final CompactRange range = new CompactRange();
    private boolean isKnown = true;

    TreeCheck(RecordedTrail trail, Findings findings) {
        this.trail = trail;
        this.findings = findings;
    }

    /** @param leaf null when it is not known; then nothing can be said of the tree from here on */
    void append(@Nullable Hash leaf, Map<Long, Bytes> roots) {
        isKnown = isKnown && leaf != null;
        if (!isKnown || leaf == null) {
            return;
        }
        range.append(leaf.toArray(), 0, (level, index, hashes, at) -> {
            if (level > 0 && level % TilePath.HEIGHT == 0) {
                node(level / TilePath.HEIGHT, index, Hash.of(hashes, at));
            }
        });
        Bytes root = roots.get(range.size());
        if (root != null && !isSame(root)) {
            findings.add("root", "another root was written down for the first %d events".formatted(range.size()), range.size(),
                    null);
        }
    }

    private void node(int level, long index, Hash hash) {
        Bytes node = trail.node(level, index).orElse(null);
        if (node == null) {
            findings.add("node", "the node %d of the level %d is not there".formatted(index, level));
        } else if (!node.equals(Bytes.of(hash.toArray()))) {
            findings.add("node", "the node %d of the level %d does not follow from the leaves below it".formatted(index, level));
        }
    }

    private boolean isSame(Bytes root) {
        return root.equals(Bytes.of(range.root().toArray()));
    }

    /** Compares with a checkpoint of the tree as it is. */
    void compare(Checkpoint checkpoint, String check, String whose) {
        if (isKnown && checkpoint.size() == range.size() && !checkpoint.root().equals(range.root())) {
            findings.add(check, "the first %d events do not have the root that %s has".formatted(range.size(), whose));
        }
    }

    /** That the root of the tree as it is was written down: the sealer signs no other tree. */
    void requireWritten(Map<Long, Bytes> roots) {
        if (range.size() > 0 && isKnown && !roots.containsKey(range.size())) {
            findings.add("root", "no root was written down for the first %d events, and they are signed".formatted(range.size()));
        }
    }
}
