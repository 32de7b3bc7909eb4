package io.promptaudit.ledger.tile;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;

/** Where the files of a ledger come from: a folder, an address, an archive. */
@FunctionalInterface
public interface TileSource {
    /**
     * Reads one file.
     *
     * @param path below the ledger's folder or address, with {@code /} between
     * @param limit how many bytes it may have
     * @return its bytes, or null if it is not there
     * @throws MalformedInput if it has more
     * @throws java.io.UncheckedIOException if it is there and cannot be read
     */
    byte @Nullable [] read(String path, int limit);
}
