package io.promptaudit.server.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that only the server's own user may read. Whole on disk, or not there. */
public final class PrivateFiles {
    private static final String OWN_FILE = "rw-------";

    private PrivateFiles() {}

    /** Writes the bytes of one file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to {@code out}. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Makes the folder, private, unless it is there. */
    public static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(folder, privateTo(folder, "rwx------"));
    }

    /** Writes a private file: forced to disk before it has its name, and then its name, so that a crash leaves no half of it. */
    public static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("a file lies in a folder");
        }
        Path draft = Files.createTempFile(folder, "draft", ".new", privateTo(folder, OWN_FILE));
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(channel)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        forceNames(folder);
    }

    /** Forces to disk which files a folder has: a file that was forced itself may yet lose its name to a loss of power. */
    public static void forceNames(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (var names = FileChannel.open(folder)) {
                names.force(true);
            }
        }
    }

    /** Takes everyone else's permissions from a file that is there already. */
    public static void restrict(Path file) throws IOException {
        if (isPosix(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWN_FILE));
        }
    }

    /** Whether nobody else may read or write the file; also true where the file system cannot tell. */
    public static boolean isPrivate(Path file) throws IOException {
        return !isPosix(file)
                || PosixFilePermissions.fromString(OWN_FILE).containsAll(Files.getPosixFilePermissions(file));
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] privateTo(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
