package io.promptaudit.ledger.pack;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.promptaudit.ledger.encoding.Sha256;
import io.promptaudit.ledger.encoding.Utf8;

/**
 * Streams a pack: a zip whose last member is the list of all others. Keeps paths and hashes, and no member. The same members in the
 * same order give the same bytes. For one thread at a time.
 */
public final class PackWriter {
    /** Where the list lies: {@code <SHA-256 in hexadecimal>  <path>} on each line, as {@code sha256sum} reads it. */
    public static final String MANIFEST = "MANIFEST.sha256";

    /** Of every member. The format's first day would bring in the machine's time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final ZipOutputStream zip;
    private final StringBuilder manifest = new StringBuilder();
    private final Set<String> taken = new HashSet<>(Set.of(MANIFEST.toLowerCase(Locale.ROOT)));
    private boolean open = true;

    /**
     * Writes to a stream, which stays the caller's to close.
     *
     * @param out buffered by the caller, if it has to be
     */
    public PackWriter(OutputStream out) {
        zip = new ZipOutputStream(out);
    }

    /** Writes what a member consists of. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it; may close the stream or not. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Adds a member.
     *
     * @param path names of ASCII letters, digits, {@code . _ -} that neither begin nor end with a dot, with {@code /} between
     * @throws io.promptaudit.ledger.MalformedInput if the path is another
     * @throws IllegalStateException if there is a member of this name already, written in whatever case, or the pack is finished or
     *         failed
     * @throws IOException if it could not be written; then the pack cannot be finished
     */
    public void member(String path, Content content) throws IOException {
        MemberPath.safe(path);
        if (!taken.add(path.toLowerCase(Locale.ROOT))) {
            throw new IllegalStateException("there is a member " + path + " already");
        }
        MessageDigest sha256 = Sha256.digest();
        write(path, zipped -> {
            var hashed = new DigestOutputStream(new Unclosed(zipped), sha256);
            content.writeTo(hashed);
            hashed.flush();
        });
        manifest.append(HexFormat.of().formatHex(sha256.digest())).append("  ").append(path).append('\n');
    }

    /**
     * Writes the manifest and the zip's end. A pack that was not finished is a torn file, and so cannot be taken for a whole one;
     * so there is no {@code close()} that would finish it after a failure.
     *
     * @throws IllegalStateException if the pack is finished or failed
     */
    public void finish() throws IOException {
        write(MANIFEST, zipped -> zipped.write(Utf8.encode(manifest.toString())));
        open = false;
        zip.finish();
    }

    private void write(String path, Content content) throws IOException {
        if (!open) {
            throw new IllegalStateException("the pack is finished or failed");
        }
        open = false;
        var entry = new ZipEntry(path);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        content.writeTo(zip);
        zip.closeEntry();
        open = true;
    }

    /** A member's end is not the pack's. */
    private static final class Unclosed extends OutputStream {
        private final OutputStream out;

        Unclosed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
        }
    }
}
