package io.promptaudit.ledger.tree;

import java.security.DigestException;
import java.security.MessageDigest;

import io.promptaudit.ledger.encoding.Sha256;

/**
 * Hashes leaves and nodes apart from each other, with SHA-256 (RFC 6962, section 2.1). Allocates nothing in the forms
 * that work on arrays. For one thread at a time.
 */
public final class TreeHasher {
    /** The root of the tree without leaves. */
    public static final Hash EMPTY_ROOT = Hash.of(Sha256.digest().digest());

    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;

    private final MessageDigest digest = Sha256.digest();

    /** Writes the hash of the leaf {@code entry[from]} to {@code entry[from + length - 1]} to {@code into[at]} and after. */
    public void leaf(byte[] entry, int from, int length, byte[] into, int at) {
        digest.update(LEAF);
        digest.update(entry, from, length);
        finish(into, at);
    }

    /** Writes the hash of the node above {@code left[l]} and {@code right[r]} to {@code into[at]}, which may be either. */
    public void node(byte[] left, int l, byte[] right, int r, byte[] into, int at) {
        digest.update(NODE);
        digest.update(left, l, Hash.LENGTH);
        digest.update(right, r, Hash.LENGTH);
        finish(into, at);
    }

    private void finish(byte[] into, int at) {
        try {
            digest.digest(into, at, Hash.LENGTH);
        } catch (DigestException tooShort) {
            throw new IllegalArgumentException("no room for a hash", tooShort);
        }
    }

    /** The hash of a leaf. */
    public Hash leaf(byte[] entry) {
        byte[] hash = new byte[Hash.LENGTH];
        leaf(entry, 0, entry.length, hash, 0);
        return Hash.of(hash);
    }

    /** The hash of the node above two others. */
    public Hash node(Hash left, Hash right) {
        byte[] pair = new byte[2 * Hash.LENGTH];
        left.copyTo(pair, 0);
        right.copyTo(pair, Hash.LENGTH);
        node(pair, 0, pair, Hash.LENGTH, pair, 0);
        return Hash.of(pair, 0);
    }
}
