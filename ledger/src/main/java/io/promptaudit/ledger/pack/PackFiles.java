package io.promptaudit.ledger.pack;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.tile.TileSource;

/** The members of a pack, in a zip or unpacked. */
public interface PackFiles extends TileSource, AutoCloseable {

    /** The paths of all members, with {@code /} between. */
    Set<String> paths();

    /**
     * Opens a member that there is. What is read may end in a {@link MalformedInput}.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    InputStream open(String path);

    @Override
    void close();

    /**
     * Opens a pack.
     *
     * @param pack a zip, or a folder with what was in one
     * @throws MalformedInput if the zip is none, torn or ambiguous, or a member has a name that is not safe
     * @throws UncheckedIOException if it cannot be read
     */
    static PackFiles of(Path pack) {
        return Files.isDirectory(pack) ? new PackFolder(pack) : new PackZip(pack);
    }

    /** Whether a folder is an unpacked pack rather than a copy of a ledger alone. */
    static boolean isUnpacked(Path folder) {
        return Files.exists(folder.resolve(PackWriter.MANIFEST)) || Files.exists(folder.resolve(EventLine.MEMBER))
                || Files.exists(folder.resolve(Completeness.MEMBER));
    }
}
