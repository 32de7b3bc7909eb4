package io.promptaudit.ledger.pack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.tile.LedgerFolder;

/** A pack that somebody has unpacked. */
final class PackFolder implements PackFiles {
    private final Path folder;
    private final Set<String> paths = new TreeSet<>();

    /** @throws MalformedInput if there is something else than plain files in folders, or with names that are not safe */
    PackFolder(Path folder) {
        this.folder = folder;
        try {
            Files.walkFileTree(folder, new Visitor());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + folder, unreadable);
        }
    }

    /** Follows no links: a file elsewhere is not in the pack. */
    private final class Visitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = String.join("/", folder.relativize(file).toString().split("[/\\\\]"));
            if (!attributes.isRegularFile()) {
                throw new MalformedInput(path, "is no plain file");
            }
            paths.add(MemberPath.safe(path));
            return FileVisitResult.CONTINUE;
        }
    }

    @Override
    public Set<String> paths() {
        return Collections.unmodifiableSet(paths);
    }

    @Override
    public byte @Nullable [] read(String path, int limit) {
        return paths.contains(path) ? new LedgerFolder(folder).read(path, limit) : null;
    }

    @Override
    public InputStream open(String path) {
        try {
            return Files.newInputStream(folder.resolve(path), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + path, unreadable);
        }
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }
}
