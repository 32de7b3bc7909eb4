package io.promptaudit.server.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures volumes. */
@FunctionalInterface
interface SpaceMeter {
    /** Asks the system. */
    SpaceMeter OF_THE_SYSTEM = folder -> {
        FileStore store = Files.getFileStore(folder);
        return new Space(store.getUsableSpace(), store.getTotalSpace());
    };

    /** Bytes. */
    record Space(long free, long total) {}

    /** The space on the volume that this folder lies on. */
    Space measure(Path folder) throws IOException;
}
