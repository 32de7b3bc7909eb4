package io.promptaudit.server.ledger;

import java.util.HexFormat;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.UnknownThing;
import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.encoding.Sha256;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.tile.EntryBundle;
import io.promptaudit.ledger.tile.TilePath;
import io.promptaudit.server.sequence.LedgerDamaged;

/**
 * The ledger as every tool for transparency logs reads it (C2SP tlog-tiles). Needs no sign-in: entries hold neither content nor
 * names, and witnesses and monitors have no account here.
 */
@RestController
@RequestMapping("/ledger")
class TileController {
    private final StoredTiles tiles;
    private final PublishedPolicy policy;
    private final PublishedCheckpoints checkpoints;

    TileController(StoredTiles tiles, PublishedPolicy policy, PublishedCheckpoints checkpoints) {
        this.tiles = tiles;
        this.policy = policy;
        this.checkpoints = checkpoints;
    }

    @GetMapping(path = "/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
    byte[] checkpoint() {
        return newest().encode();
    }

    /** What an auditor compares with the keys they were given otherwise: keys fetched from the ledger itself prove nothing. */
    @GetMapping(path = "/policy", produces = MediaType.TEXT_PLAIN_VALUE)
    String policy() {
        return policy.text();
    }

    @GetMapping(path = "/tile/{*path}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<byte[]> tile(@PathVariable String path) {
        TilePath tile = parse("tile" + path);
        long size = Checkpoint.parse(newest().text()).size();
        if (tile.width() > TilePath.widthIn(size, tile.level(), tile.index())) {
            throw unknown();
        }
        byte[] body = tiles.read(tile.toString(), EntryBundle.MAX_LENGTH);
        if (body == null) {
            throw new LedgerDamaged("rows of %s are gone".formatted(tile));
        }
        // Not for ever: an epoch that keeps fewer entries may put another tile there.
        return ResponseEntity.ok().cacheControl(CacheControl.noCache().cachePublic())
                .eTag(HexFormat.of().formatHex(Sha256.digest().digest(body))).body(body);
    }

    private SignedNote newest() {
        return checkpoints.newest().orElseThrow(TileController::unknown);
    }

    private static TilePath parse(String path) {
        try {
            return TilePath.parse(path);
        } catch (MalformedInput e) {
            throw unknown();
        }
    }

    private static UnknownThing unknown() {
        return new UnknownThing("not-found", "the ledger has nothing at this address");
    }
}
