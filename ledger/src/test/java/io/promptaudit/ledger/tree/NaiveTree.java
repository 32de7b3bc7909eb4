package io.promptaudit.ledger.tree;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** RFC 6962, section 2.1, word for word and as slow as it may be: what the real tree is compared with. */
public final class NaiveTree {
    private NaiveTree() {}

    /** MTH(D). */
    public static Hash root(List<byte[]> entries) {
        int n = entries.size();
        if (n == 0) {
            return sha256();
        }
        if (n == 1) {
            return sha256(new byte[]{0x00}, entries.getFirst());
        }
        int k = split(n);
        return sha256(new byte[]{0x01}, root(entries.subList(0, k)).toArray(), root(entries.subList(k, n)).toArray());
    }

    /** PATH(m, D). */
    static List<Hash> path(int m, List<byte[]> entries) {
        int n = entries.size();
        if (n == 1) {
            return List.of();
        }
        int k = split(n);
        var path = new ArrayList<Hash>();
        if (m < k) {
            path.addAll(path(m, entries.subList(0, k)));
            path.add(root(entries.subList(k, n)));
        } else {
            path.addAll(path(m - k, entries.subList(k, n)));
            path.add(root(entries.subList(0, k)));
        }
        return path;
    }

    /** PROOF(m, D). */
    static List<Hash> proof(int m, List<byte[]> entries) {
        return subproof(m, entries, true);
    }

    private static List<Hash> subproof(int m, List<byte[]> entries, boolean b) {
        int n = entries.size();
        if (m == n) {
            return b ? List.of() : List.of(root(entries));
        }
        int k = split(n);
        var proof = new ArrayList<Hash>();
        if (m <= k) {
            proof.addAll(subproof(m, entries.subList(0, k), b));
            proof.add(root(entries.subList(k, n)));
        } else {
            proof.addAll(subproof(m - k, entries.subList(k, n), false));
            proof.add(root(entries.subList(0, k)));
        }
        return proof;
    }

    private static int split(int n) {
        int k = 1;
        while (2 * k < n) {
            k = 2 * k;
        }
        return k;
    }

    /** SHA-256 over the parts one after another. */
    static Hash sha256(byte[]... parts) {
        try {
            var all = new ByteArrayOutputStream();
            for (byte[] part : parts) {
                all.writeBytes(part);
            }
            return Hash.of(MessageDigest.getInstance("SHA-256").digest(all.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
