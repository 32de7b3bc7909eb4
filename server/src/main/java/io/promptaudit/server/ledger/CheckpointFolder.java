package io.promptaudit.server.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.server.database.PrivateFiles;
import io.promptaudit.server.sequence.LedgerDamaged;

/**
 * Keeps the newest checkpoint in a folder, in two files that are written in turn: whatever a crash leaves of one, the other is
 * whole and at most one checkpoint older. The last one of each epoch stays in a file of its own.
 */
final class CheckpointFolder implements CheckpointStore {
    private static final Comparator<SignedNote> NEWEST = Comparator.comparingInt(CheckpointFolder::epoch)
            .thenComparingLong(CheckpointFolder::size);

    /** Locks on files are a process's, not a thread's. */
    private static final Object IN_THIS_PROCESS = new Object();

    private final List<KeptFile> files;
    private final Path folder;

    CheckpointFolder(Path folder) throws IOException {
        this.folder = folder;
        PrivateFiles.createFolder(folder);
        files = List.of(new KeptFile(folder, "checkpoint.0"), new KeptFile(folder, "checkpoint.1"));
    }

    @Override
    public Optional<SignedNote> newest() throws IOException {
        return newest(files.get(0).read(), files.get(1).read());
    }

    private static Optional<SignedNote> newest(Optional<SignedNote> first, Optional<SignedNote> second) {
        return Stream.of(first, second).flatMap(Optional::stream).max(NEWEST);
    }

    private static long size(SignedNote note) {
        return Checkpoint.parse(note.text()).size();
    }

    private static int epoch(SignedNote note) {
        Origin origin = Origin.parse(Checkpoint.parse(note.text()).origin());
        return origin == null ? 0 : origin.epoch();
    }

    /** Another node may keep its checkpoints here too. */
    @Override
    public SignedNote keep(SignedNote checkpoint) throws IOException {
        synchronized (IN_THIS_PROCESS) {
            try (var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                Optional<SignedNote> first = files.get(0).read();
                SignedNote before = newest(first, files.get(1).read()).orElse(null);
                if (before != null) {
                    requireNoOther(before, checkpoint);
                    if (NEWEST.compare(before, checkpoint) > 0) {
                        return before;
                    }
                    keepOfEpoch(before, checkpoint);
                }
                files.get(before != null && first.equals(Optional.of(before)) ? 1 : 0).write(checkpoint);
                return checkpoint;
            }
        }
    }

    private static void requireNoOther(SignedNote before, SignedNote checkpoint) {
        Checkpoint known = Checkpoint.parse(before.text());
        Checkpoint next = Checkpoint.parse(checkpoint.text());
        if (known.origin().equals(next.origin()) && known.size() == next.size() && !known.root().equals(next.root())) {
            throw new LedgerDamaged("the second place has a checkpoint over %d events with another root".formatted(known.size()));
        }
    }

    private void keepOfEpoch(SignedNote before, SignedNote checkpoint) throws IOException {
        if (epoch(before) != epoch(checkpoint)) {
            PrivateFiles.write(folder.resolve("epoch-" + epoch(before) + ".checkpoint"), out -> out.write(before.encode()));
        }
    }
}
