package io.promptaudit.server.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.promptaudit.server.database.PrivateFiles;

/**
 * The one secret the server keeps: 256 random bits in a file that only its user may read. Every key in use is derived from
 * it (HKDF-SHA256, RFC 5869), one for each purpose.
 */
public final class MasterKey {
    private static final int BYTES = 32;

    private final SecretKey secret;

    private MasterKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, "Generic");
    }

    /**
     * Reads {@code master.key} in the folder, or makes it.
     *
     * @param isNeeded whether something is sealed under it already: then a missing file is a loss, and not replaced
     * @throws UnsafeKeyFile when the file is lost, others may read it, or it holds no key
     * @throws UncheckedIOException when it can neither be read nor made
     */
    public static MasterKey in(Path folder, boolean isNeeded) {
        Path file = folder.resolve("master.key");
        try {
            if (!Files.exists(file)) {
                if (isNeeded) {
                    throw new UnsafeKeyFile("the key file " + file + " is lost; put it back from where you keep it, or from a"
                            + " backup: without it nobody can read the people's names in this trail");
                }
                create(folder, file);
            }
            requirePrivate(file);
            byte[] secret = Base64.getMimeDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII));
            if (secret.length != BYTES) {
                throw new UnsafeKeyFile("the key file " + file + " does not hold a key of 256 bits");
            }
            return new MasterKey(secret);
        } catch (IOException e) {
            throw new UncheckedIOException("the key file " + file + " cannot be read or made", e);
        }
    }

    /** The key for one purpose. */
    public SecretKey derive(String purpose, String algorithm) {
        try {
            var hkdf = HKDFParameterSpec.ofExtract().addIKM(secret)
                    .thenExpand(("promptaudit/" + purpose).getBytes(StandardCharsets.UTF_8), BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, hkdf);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 25 has HKDF", e);
        }
    }

    private static void create(Path folder, Path file) throws IOException {
        PrivateFiles.createFolder(folder);
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        byte[] text = (Base64.getEncoder().encodeToString(secret) + "\n").getBytes(StandardCharsets.US_ASCII);
        PrivateFiles.write(file, out -> out.write(text));
    }

    /**
     * Makes sure that nobody but the server's user may read a key file.
     *
     * @throws UnsafeKeyFile when others may
     */
    public static void requirePrivate(Path file) throws IOException {
        if (!PrivateFiles.isPrivate(file)) {
            throw new UnsafeKeyFile("others may read the key file " + file + "; make it private with: chmod 600 " + file);
        }
    }

    /** A key file that must not be used. */
    public static class UnsafeKeyFile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param message one sentence for the operator */
        public UnsafeKeyFile(String message) {
            super(message);
        }
    }
}
