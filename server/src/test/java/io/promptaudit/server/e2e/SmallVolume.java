package io.promptaudit.server.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system of its own in memory, which can be filled and made read-only for every user, the superuser too. */
final class SmallVolume implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path path;
    private final Path filler;

    private SmallVolume(Path path) {
        this.path = path;
        this.filler = path.resolve("filler");
    }

    /** Makes one; where that is not permitted, the test is skipped as {@link Host#require} says. */
    static SmallVolume in(Path folder, int megabytes) throws IOException {
        Path path = Files.createDirectory(folder.resolve("volume"));
        Host.require("a folder that is full or read-only", "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs",
                path.toString());
        return new SmallVolume(path);
    }

    Path path() {
        return path;
    }

    void makeReadOnly() {
        Host.require("a folder that is read-only", "mount", "-o", "remount,ro", path.toString());
    }

    void makeWritable() {
        Host.require("a folder that is writable again", "mount", "-o", "remount,rw", path.toString());
    }

    /** Fills it, but for so many bytes. */
    void fill(long free) throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (path.toFile().getUsableSpace() >= free + BLOCK) {
                out.write(new byte[BLOCK]);
            }
        }
    }

    /** Takes away what {@link #fill} put there. */
    void makeRoom() throws IOException {
        Files.delete(filler);
    }

    @Override
    public void close() {
        String failure = Host.run("umount", "--lazy", path.toString());
        if (!failure.isEmpty()) {
            throw new IllegalStateException("the volume stays mounted: " + failure);
        }
    }
}
