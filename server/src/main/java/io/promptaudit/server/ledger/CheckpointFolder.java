package io.promptaudit.server.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.server.database.PrivateFiles;

/**
 * Keeps the newest checkpoint in a folder, in two files that are written in turn: whatever a crash leaves of one, the other is
 * whole and at most one checkpoint older. The last one of each epoch stays in a file of its own.
 */
final class CheckpointFolder implements CheckpointStore {
    private static final Comparator<SignedNote> NEWEST = Comparator.comparingInt(CheckpointFolder::epoch)
            .thenComparingLong(CheckpointFolder::size);

    /** Locks on files are a process's, not a thread's. */
    private static final Object IN_THIS_PROCESS = new Object();

    private final List<Path> files;
    private final Path folder;
    private int turn;

    CheckpointFolder(Path folder) throws IOException {
        this.folder = folder;
        PrivateFiles.createFolder(folder);
        files = List.of(folder.resolve("checkpoint.0"), folder.resolve("checkpoint.1"));
    }

    @Override
    public Optional<SignedNote> newest() throws IOException {
        Optional<SignedNote> first = read(files.get(0));
        Optional<SignedNote> second = read(files.get(1));
        Optional<SignedNote> newest = List.of(first, second).stream().flatMap(Optional::stream)
                .max(NEWEST);
        turn = newest.equals(first) ? 1 : 0;
        return newest;
    }

    private static Optional<SignedNote> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            SignedNote note = SignedNote.parse(Files.readAllBytes(file));
            Checkpoint.parse(note.text());
            return Optional.of(note);
        } catch (MalformedInput torn) {
            return Optional.empty();
        }
    }

    private static long size(SignedNote note) {
        return Checkpoint.parse(note.text()).size();
    }

    private static int epoch(SignedNote note) {
        Origin origin = Origin.parse(Checkpoint.parse(note.text()).origin());
        return origin == null ? 0 : origin.epoch();
    }

    /** Another node may keep its checkpoints here too: whoever comes with an older one leaves the newer alone. */
    @Override
    public void keep(SignedNote checkpoint) throws IOException {
        synchronized (IN_THIS_PROCESS) {
            try (var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                SignedNote before = newest().orElse(null);
                if (before == null || NEWEST.compare(before, checkpoint) <= 0) {
                    keepOfEpoch(before, checkpoint);
                    write(checkpoint);
                }
            }
        }
    }

    private void keepOfEpoch(@Nullable SignedNote before, SignedNote checkpoint) throws IOException {
        if (before != null && epoch(before) != epoch(checkpoint)) {
            PrivateFiles.write(folder.resolve("epoch-" + epoch(before) + ".checkpoint"), out -> out.write(before.encode()));
        }
    }

    private void write(SignedNote checkpoint) throws IOException {
        boolean isNew = !Files.exists(files.get(turn));
        try (var file = FileChannel.open(files.get(turn), StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap(checkpoint.encode());
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        if (isNew) {
            PrivateFiles.forceNames(folder);
        }
    }
}
