package io.promptaudit.server.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.server.database.PrivateFiles;

/** A file with one checkpoint, which a crash may leave torn. Another process may write it too. */
final class KeptFile {
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
            SignedNote note = SignedNote.parse(bytes);
            Checkpoint.parse(note.text());
            return Optional.of(note);
        } catch (MalformedInput torn) {
            return Optional.empty();
        }
    }

    /** Writes a checkpoint and forces it to disk, and the file's name when it is new. */
    void write(SignedNote checkpoint) throws IOException {
        boolean isNew = !Files.exists(file);
        byte[] bytes = checkpoint.encode();
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            var rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        if (isNew) {
            PrivateFiles.forceNames(folder);
        }
        known = new Known(Bytes.of(bytes), Optional.of(checkpoint));
    }
}
