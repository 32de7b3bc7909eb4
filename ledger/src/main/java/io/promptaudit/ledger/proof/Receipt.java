package io.promptaudit.ledger.proof;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.encoding.Base64Text;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.encoding.Decimal;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.policy.TrustedCheckpoint;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.InclusionProof;

/**
 * That an entry is in a ledger: a transparency log proof (C2SP tlog-proof), kept in {@code .tlog-proof} files.
 *
 * @param extra whatever the issuer added; nothing proves it
 * @param index the entry's, from 0; unsigned
 * @param path from the leaf's sibling to the child of the root
 * @param checkpoint the tree that the entry is in
 */
public record Receipt(@Nullable Bytes extra, long index, List<Hash> path, SignedNote checkpoint) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MAX_LENGTH = 2 * SignedNote.MAX_LENGTH;
    private static final int MAX_PATH = Long.SIZE;

    /**
     * Copies the path.
     *
     * @throws MalformedInput unless the note's text is a checkpoint
     */
    public Receipt {
        path = List.copyOf(path);
        Checkpoint.parse(checkpoint.text());
    }

    /**
     * Reads a receipt.
     *
     * @throws MalformedInput unless {@link #encode()} would give these very bytes
     */
    public static Receipt parse(byte[] bytes) {
        if (bytes.length > MAX_LENGTH) {
            throw new MalformedInput("receipt", "has more than %d bytes".formatted(MAX_LENGTH));
        }
        String text = Utf8.decode(bytes, "receipt");
        int split = text.indexOf("\n\n");
        if (split < 0) {
            throw new MalformedInput("receipt", "has no empty line between proof and checkpoint");
        }
        List<String> lines = List.of(text.substring(0, split).split("\n", -1));
        if (!lines.getFirst().equals(HEADER)) {
            throw new MalformedInput("receipt, line 1", "is not " + HEADER);
        }
        int at = 1;
        Bytes extra = null;
        if (at < lines.size() && lines.get(at).startsWith(EXTRA)) {
            extra = Bytes.of(Base64Text.decode(lines.get(at).substring(EXTRA.length()), "receipt, line 2"));
            at++;
        }
        if (at == lines.size() || !lines.get(at).startsWith(INDEX)) {
            throw new MalformedInput("receipt, line " + (at + 1), "is not the index");
        }
        long index = Decimal.parse(lines.get(at).substring(INDEX.length()), "receipt, line " + (at + 1));
        if (lines.size() - at - 1 > MAX_PATH) {
            throw new MalformedInput("receipt", "has more than %d hashes".formatted(MAX_PATH));
        }
        var path = new ArrayList<Hash>();
        for (at++; at < lines.size(); at++) {
            path.add(Hash.ofBase64(lines.get(at), "receipt, line " + (at + 1)));
        }
        return new Receipt(extra, index, path, SignedNote.parse(Utf8.encode(text.substring(split + 2))));
    }

    /** The contents of a {@code .tlog-proof} file. */
    public byte[] encode() {
        var text = new StringBuilder(HEADER).append('\n');
        if (extra != null) {
            text.append(EXTRA).append(Base64Text.encode(extra.toArray())).append('\n');
        }
        text.append(INDEX).append(Decimal.format(index)).append('\n');
        path.forEach(hash -> text.append(hash).append('\n'));
        return Utf8.encode(text.append('\n').append(Utf8.decode(checkpoint.encode(), "checkpoint")).toString());
    }

    /**
     * Verifies that the entry is in a tree that the policy believes in.
     *
     * @param leaf the hash of the entry, which the receipt does not hold
     * @throws io.promptaudit.ledger.VerificationFailed if a signature or the proof is not good
     * @throws io.promptaudit.ledger.MissingEvidence if it lacks witnesses
     */
    public TrustedCheckpoint verify(Hash leaf, TrustPolicy policy) {
        TrustedCheckpoint trusted = policy.verify(checkpoint);
        Checkpoint claim = trusted.checkpoint();
        new InclusionProof(index, claim.size(), path).verify(leaf, claim.root());
        return trusted;
    }
}
