package io.promptaudit.server.witness;

import java.security.SecureRandom;
import java.util.List;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.Prover;
import io.promptaudit.ledger.tree.TreeHasher;

/** A log without a server: entry {@code i} is a text and its number, so that two texts are two histories. */
final class GrowingLog {
    private final Ed25519Signer signer;
    private final String text;

    private GrowingLog(Ed25519Signer signer, String text) {
        this.signer = signer;
        this.text = text;
    }

    GrowingLog(String origin) {
        this(Ed25519Signer.generate(origin, new SecureRandom()), "entry ");
    }

    /** Another history under the same key. */
    GrowingLog forked() {
        return new GrowingLog(signer, "forged ");
    }

    String vkey() {
        return signer.key().toString();
    }

    SignedNote checkpoint(long size) {
        return new SignedNote(new Checkpoint(signer.key().name(), size, prover(size).root(size)).text(), List.of())
                .signedBy(signer);
    }

    Prover prover(long size) {
        return new Prover(this::root);
    }

    private Hash root(int level, long index) {
        var hasher = new TreeHasher();
        return level == 0
                ? hasher.leaf(Utf8.encode(text + index))
                : hasher.node(root(level - 1, 2 * index), root(level - 1, 2 * index + 1));
    }
}
