package io.promptaudit.server.ledger;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.command.trail.Sequence;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.proof.Receipt;
import io.promptaudit.ledger.tree.ConsistencyProof;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.InclusionProof;
import io.promptaudit.ledger.tree.Prover;
import io.promptaudit.server.PromptAuditProperties;

/** Proofs of the ledger, for everybody who is signed in: they tell nothing of what an event says. */
@RestController
class ReceiptController {
    static final String PATH = "/ledger/receipts";

    private final Sequence sequence;
    private final LedgerTable table;
    private final StoredTiles tiles;
    private final Seals seals;
    private final PublishedCheckpoints checkpoints;
    private final PromptAuditProperties properties;

    ReceiptController(Sequence sequence, LedgerTable table, StoredTiles tiles, Seals seals,
            PublishedCheckpoints checkpoints, PromptAuditProperties properties) {
        this.sequence = sequence;
        this.table = table;
        this.tiles = tiles;
        this.seals = seals;
        this.checkpoints = checkpoints;
        this.properties = properties;
    }

    /**
     * A proof that an event is in the tree of the first {@code size} events.
     *
     * @param proof from the leaf's sibling to the child of the root, base64
     */
    record Inclusion(String eventId, long index, long size, String leafHash, String rootHash, List<String> proof) {}

    /** A proof that the tree of the first {@code to} events begins with that of the first {@code from}. */
    record Consistency(long from, long to, String fromRoot, String toRoot, List<String> proof) {}

    /**
     * An offline receipt (C2SP tlog-proof). Waits until a checkpoint covers the event, and as long for the witnesses while they
     * answer.
     */
    @GetMapping(path = PATH + "/{eventId}", produces = MediaType.TEXT_PLAIN_VALUE)
    byte[] receipt(@PathVariable String eventId) {
        long position = position(eventId);
        SignedNote checkpoint = checkpoints.covering(position, properties.ledger().patience()).orElseThrow(NotSealed::new);
        long size = Checkpoint.parse(checkpoint.text()).size();
        InclusionProof proof = tiles.prover(size).inclusion(position - 1, size);
        return new Receipt(null, proof.index(), proof.path(), checkpoint).encode();
    }

    @GetMapping(path = "/ledger/proof/inclusion", produces = MediaType.APPLICATION_JSON_VALUE)
    Inclusion inclusion(@RequestParam String eventId, @RequestParam(required = false) @Nullable Long size) {
        long position = position(eventId);
        long sealed = sealed();
        long of = size == null ? sealed : size;
        require("size", position <= of && of <= sealed, "must be from the event's position to the newest checkpoint's size");
        Prover prover = tiles.prover(sealed);
        return new Inclusion(eventId, position - 1, of, Hash.of(table.hashes(0, position - 1, 1)).toString(),
                prover.root(of).toString(), texts(prover.inclusion(position - 1, of).path()));
    }

    @GetMapping(path = "/ledger/proof/consistency", produces = MediaType.APPLICATION_JSON_VALUE)
    Consistency consistency(@RequestParam long from, @RequestParam(required = false) @Nullable Long to) {
        long sealed = sealed();
        long end = to == null ? sealed : to;
        require("to", end <= sealed, "must not be beyond the newest checkpoint's size");
        require("from", 1 <= from && from <= end, "must be from 1 to the other size");
        Prover prover = tiles.prover(sealed);
        ConsistencyProof proof = prover.consistency(from, end);
        return new Consistency(from, end, prover.root(from).toString(), prover.root(end).toString(), texts(proof.path()));
    }

    private long position(String eventId) {
        return sequence.find(eventId).map(Sequence.Positioned::position)
                .orElseThrow(() -> new UnknownThing("event-not-found", "there is no event with this id"));
    }

    private long sealed() {
        return Checkpoint.parse(newest().text()).size();
    }

    private SignedNote newest() {
        return seals.newest().or(checkpoints::newest).orElseThrow(NotSealed::new);
    }

    private static void require(String field, boolean isMet, String rule) {
        if (!isMet) {
            throw new InvalidValue(field, rule);
        }
    }

    private static List<String> texts(List<Hash> hashes) {
        return hashes.stream().map(Hash::toString).toList();
    }
}
