package io.promptaudit.server.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.encoding.Sha256;
import io.promptaudit.ledger.note.NoteSignature;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.server.database.PrivateFiles;

/**
 * A file with one checkpoint, which a crash may leave torn. Another process may write it too.
 *
 * <p>It is written over what it held, which is forced to disk in half the time that an emptied file needs. So that one that is half
 * old and half new shows, a line of its own holds the SHA-256 of the rest. Whoever reads signed notes takes it for the signature of
 * somebody unknown, and ignores it.
 */
final class KeptFile {
    private static final String SUM = "sha-256";

    private final Path folder;
    private final Path file;
    /** So that bytes that are known are not taken apart again. */
    private volatile @Nullable Known known;

    private record Known(Bytes bytes, Optional<SignedNote> note) {}

    KeptFile(Path folder, String name) {
        this.folder = folder;
        this.file = folder.resolve(name);
    }

    /** The checkpoint, unless there is none or it is torn. */
    Optional<SignedNote> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var bytes = Bytes.of(Files.readAllBytes(file));
        Known last = known;
        if (last == null || !last.bytes().equals(bytes)) {
            last = new Known(bytes, parse(bytes.toArray()));
            known = last;
        }
        return last.note();
    }

    private static Optional<SignedNote> parse(byte[] bytes) {
        try {
            SignedNote read = SignedNote.parse(bytes);
            Checkpoint.parse(read.text());
            var note = new SignedNote(read.text(), read.signatures().stream().filter(line -> !line.name().equals(SUM)).toList());
            return read.equals(note) || read.equals(summed(note)) ? Optional.of(note) : Optional.empty();
        } catch (MalformedInput torn) {
            return Optional.empty();
        }
    }

    private static SignedNote summed(SignedNote note) {
        var lines = new ArrayList<>(note.signatures());
        lines.add(new NoteSignature(SUM, 0, Bytes.of(Sha256.digest().digest(note.encode()))));
        return new SignedNote(note.text(), lines);
    }

    /** Writes a checkpoint and forces it to disk, and the file's name when it is new. */
    void write(SignedNote checkpoint) throws IOException {
        boolean isNew = !Files.exists(file);
        byte[] bytes = summed(checkpoint).encode();
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            if (channel.size() > bytes.length) {
                channel.truncate(bytes.length);
            }
            channel.force(true);
        }
        if (isNew) {
            PrivateFiles.forceNames(folder);
        }
        known = new Known(Bytes.of(bytes), Optional.of(checkpoint));
    }
}
