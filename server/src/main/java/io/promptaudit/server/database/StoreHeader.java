package io.promptaudit.server.database;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;

import org.h2.mvstore.Chunk;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import org.jspecify.annotations.Nullable;

/**
 * The header of the file, from which H2 finds its newest chunk: it names one, which foretells where the next lies, and so on. H2
 * writes the header when a chunk went elsewhere than was foretold, but before it counts that chunk as the newest
 * ({@code FileStore.storeBuffer}): the header then names the chunk before, which foretells another place. After a crash the new one
 * would not be found, nor those behind it, however well they were forced to disk. So the header is written here too: it names the
 * newest chunk, or the one that foretells it, and never one that the loss of power could take away.
 */
final class StoreHeader {
    private final MVStore store;
    private final Field last;
    private final Method write;
    private volatile long onDisk;
    private volatile @Nullable MVStoreException failed;
    private Place named = new Place(0, 0, 0);

    /** Where a chunk lies, in blocks, and where the one behind it should. */
    private record Place(int chunk, long block, long next) {
        boolean foretells(Place other) {
            return other.chunk == chunk + 1 && other.block == next;
        }
    }

    /** @throws IllegalStateException when this is not the version of H2 that was looked at */
    StoreHeader(MVStore store) {
        this.store = store;
        try {
            last = FileStore.class.getDeclaredField("lastChunk");
            last.setAccessible(true);
            write = RandomAccessStore.class.getDeclaredMethod("writeStoreHeader");
            write.setAccessible(true);
        } catch (ReflectiveOperationException e) {
            throw unknown(e);
        }
    }

    /**
     * Brings everything that is stored to disk. Others may store meanwhile. Once that failed it fails for good, whoever asked for it:
     * the system tells of pages that it could not write once, and would call the next attempt a success without them.
     *
     * @throws MVStoreException when it failed, now or before
     */
    void sync() {
        MVStoreException before = failed;
        if (before != null) {
            throw before;
        }
        long stored = store.getCurrentVersion();
        try {
            store.sync();
        } catch (MVStoreException e) {
            failed = e;
            throw e;
        }
        onDisk = Math.max(onDisk, stored);
    }

    /** Names the newest chunk, before the next one is stored. Nobody may store meanwhile. */
    void nameNewest() {
        Place newest = newest();
        if (!newest.equals(named)) {
            if (onDisk < store.getCurrentVersion()) {
                sync();
            }
            name(newest);
        }
    }

    /** Names the newest chunk, unless the one that is named foretells it. Nobody may store meanwhile. */
    void nameWhatWentElsewhere() {
        Place newest = newest();
        if (!newest.equals(named) && !named.foretells(newest)) {
            sync();
            name(newest);
        }
    }

    private Place newest() {
        try {
            Chunk<?> chunk = (Chunk<?>) Objects.requireNonNull(last.get(store.getFileStore()), "a database has a chunk");
            return new Place(chunk.id, chunk.block, chunk.next);
        } catch (ReflectiveOperationException e) {
            throw unknown(e);
        }
    }

    private void name(Place newest) {
        try {
            write.invoke(store.getFileStore());
            named = newest;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw unknown(e);
        } catch (ReflectiveOperationException e) {
            throw unknown(e);
        }
    }

    private static IllegalStateException unknown(ReflectiveOperationException cause) {
        return new IllegalStateException("another version of H2, whose file may not tell its newest state", cause);
    }
}
