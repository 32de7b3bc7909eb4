package io.promptaudit.ledger.tile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.note.SignedNote;

/** A ledger in a folder, laid out as it is served: {@code checkpoint} and {@code tile/…}. One process at a time may write. */
public final class LedgerFolder implements TileStore {
    private final Path folder;

    /** The ledger in this folder, which may be empty. */
    public LedgerFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public byte @Nullable [] read(String path, int limit) {
        try (InputStream file = Files.newInputStream(folder.resolve(path))) {
            byte[] bytes = file.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new MalformedInput(path, "has more than %d bytes".formatted(limit));
            }
            return bytes;
        } catch (NoSuchFileException absent) {
            return null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + path, unreadable);
        }
    }

    @Override
    public void create(TilePath path, byte[] bytes) {
        byte[] kept = read(path.toString(), EntryBundle.MAX_LENGTH);
        if (kept == null) {
            write(path.toString(), bytes);
        } else if (!Arrays.equals(kept, bytes)) {
            throw new VerificationFailed(path + " is kept with other bytes");
        }
    }

    @Override
    public void dropPartials(TilePath full) {
        Path partials = folder.resolve(full + ".p");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(partials)) {
            for (Path partial : files) {
                Files.delete(partial);
            }
            Files.delete(partials);
        } catch (NoSuchFileException | NotDirectoryException none) {
            return;
        } catch (IOException kept) {
            throw new UncheckedIOException("cannot delete " + partials, kept);
        }
    }

    /**
     * Replaces the checkpoint, at once and for good.
     *
     * @throws UncheckedIOException if the old one could not be replaced
     */
    public void publish(SignedNote checkpoint) {
        write(TileReader.CHECKPOINT, checkpoint.encode());
    }

    /** Whoever reads sees the whole file or none, and so does whoever comes after a crash. */
    private void write(String path, byte[] bytes) {
        Path file = folder.resolve(path);
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try {
            createFolders(file.getParent());
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            force(file.getParent());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + path, failed);
        }
    }

    private static void createFolders(@Nullable Path directory) throws IOException {
        if (directory != null && !Files.isDirectory(directory)) {
            createFolders(directory.getParent());
            try {
                Files.createDirectory(directory);
            } catch (FileAlreadyExistsException raced) {
                return;
            }
            force(directory.getParent());
        }
    }

    /** Makes the names in a folder durable, where the system lets a folder be opened. */
    private static void force(@Nullable Path directory) throws IOException {
        if (directory != null && directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
