package io.promptaudit.server.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What a witness does with a request, written from C2SP tlog-witness, signed-note and RFC 9162 alone: no line of it is the product's.
 * Remembers in a file, before it answers.
 */
final class WitnessBook {
    private static final byte[] ED25519_FRAME = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte TYPE_ED25519 = 1;

    private final Path file;
    private final Map<String, byte[]> logs = new HashMap<>();

    /** What to answer; 200 means that the text is to be cosigned. */
    record Verdict(int status, String body) {}

    /** The newest checkpoint of a log. */
    record Seen(long size, String root) {}

    WitnessBook(Path file) {
        this.file = file;
    }

    /** @param vkey a log's, of the type 0x01 */
    synchronized void trust(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        byte[] key = Base64.getDecoder().decode(parts[2]);
        if (key[0] == TYPE_ED25519) {
            logs.put(parts[0], Arrays.copyOfRange(key, 1, key.length));
        }
    }

    synchronized Verdict judge(String request) {
        int end = request.indexOf("\n\n");
        int split = request.lastIndexOf("\n\n");
        if (end < 0 || split <= end || !request.startsWith("old ")) {
            return new Verdict(400, "no request\n");
        }
        List<String> head = List.of(request.substring(0, end).split("\n", -1));
        String text = request.substring(end + 2, split + 1);
        List<String> lines = List.of(text.split("\n", -1));
        long old = Long.parseLong(head.getFirst().substring("old ".length()));
        long size = Long.parseLong(lines.get(1));
        if (!logs.containsKey(lines.get(0))) {
            return new Verdict(404, "unknown origin\n");
        }
        if (!isSigned(lines.get(0), text, request.substring(split + 2))) {
            return new Verdict(403, "no good signature\n");
        }
        if (old > size || head.size() > 64) {
            return new Verdict(400, "old size\n");
        }
        Seen seen = seen(lines.get(0));
        if (old != seen.size()) {
            return new Verdict(409, seen.size() + "\n");
        }
        List<byte[]> proof = head.subList(1, head.size()).stream().map(Base64.getDecoder()::decode).toList();
        if (!continues(seen, size, Base64.getDecoder().decode(lines.get(2)), proof)) {
            return new Verdict(422, "does not continue\n");
        }
        remember(lines.get(0), new Seen(size, lines.get(2)));
        return new Verdict(200, text);
    }

    private boolean isSigned(String origin, String text, String signatures) {
        byte[] key = logs.getOrDefault(origin, new byte[0]);
        byte[] id = keyId(origin, TYPE_ED25519, key);
        for (String line : signatures.strip().split("\n", -1)) {
            String[] parts = line.split(" ", -1);
            byte[] bytes = Base64.getDecoder().decode(parts[2]);
            if (parts[1].equals(origin) && Arrays.equals(bytes, 0, 4, id, 0, 4)) {
                return verify(key, text, Arrays.copyOfRange(bytes, 4, bytes.length));
            }
        }
        return false;
    }

    private static boolean verify(byte[] key, String text, byte[] signature) {
        try {
            byte[] framed = ByteBuffer.allocate(ED25519_FRAME.length + key.length).put(ED25519_FRAME).put(key).array();
            PublicKey publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(framed));
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(publicKey);
            ed25519.update(text.getBytes(StandardCharsets.UTF_8));
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static byte[] keyId(String name, byte type, byte[] key) {
        return Arrays.copyOf(sha256((name + "\n").getBytes(StandardCharsets.UTF_8), new byte[]{type}, key), 4);
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** RFC 9162, section 2.1.4.2. */
    private static boolean continues(Seen seen, long size, byte[] root, List<byte[]> proof) {
        if (size == 0) {
            return Arrays.equals(root, sha256()) && proof.isEmpty();
        }
        if (seen.size() == 0) {
            return proof.isEmpty();
        }
        byte[] oldRoot = Base64.getDecoder().decode(seen.root());
        if (seen.size() == size) {
            return proof.isEmpty() && Arrays.equals(oldRoot, root);
        }
        boolean isPowerOfTwo = Long.bitCount(seen.size()) == 1;
        if (!isPowerOfTwo && proof.isEmpty()) {
            return false;
        }
        byte[] first = isPowerOfTwo ? oldRoot : proof.getFirst();
        byte[] older = first;
        byte[] newer = first;
        long fn = seen.size() - 1;
        long sn = size - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        for (byte[] hash : isPowerOfTwo ? proof : proof.subList(1, proof.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                older = node(hash, older);
                newer = node(hash, newer);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                newer = node(newer, hash);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(older, oldRoot) && Arrays.equals(newer, root);
    }

    private static byte[] node(byte[] left, byte[] right) {
        return sha256(new byte[]{1}, left, right);
    }

    synchronized Seen seen(String origin) {
        for (String line : lines()) {
            String[] parts = line.split(" ", -1);
            if (parts[0].equals(origin)) {
                return new Seen(Long.parseLong(parts[1]), parts[2]);
            }
        }
        return new Seen(0, "");
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remember(String origin, Seen seen) {
        var kept = new ArrayList<>(lines());
        kept.removeIf(line -> line.startsWith(origin + " "));
        kept.add("%s %d %s".formatted(origin, seen.size(), seen.root()));
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.write(next, kept);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
