package io.promptaudit.server.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.checkpoint.CheckpointVerifier;
import io.promptaudit.ledger.note.NoteVerifier;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.TreeHasher;
import io.promptaudit.server.sequence.Head;
import io.promptaudit.server.sequence.LedgerDamaged;
import io.promptaudit.server.sequence.Sequencer;

/**
 * Signs the newest tree that is on disk, keeps the checkpoint in a second place, and only then shows it. While one tree is
 * sealed the next may grow by any number of leaves, so that a busy trail needs few signatures.
 *
 * <p>What the second place knows is older than the database, or the same: when it knows more, the database was set back, and a
 * signature would be a second history. Then nothing is signed.
 */
final class Sealer implements Seals, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Epochs epochs;
    private final CheckpointStore secondPlace;
    private final LedgerTable table;
    private final OutsideMemory outside;
    /** After this long, what does not come to an end hangs. */
    private final Duration hanging;
    private final Head sealed = new Head();
    private final AtomicReference<@Nullable Tip> next = new AtomicReference<>();
    private volatile @Nullable Tip durable;
    private volatile @Nullable SignedNote newest;
    private volatile @Nullable String refusal;
    private volatile boolean running;
    private @Nullable Thread thread;
    private boolean compared;
    private final CountDownLatch looked = new CountDownLatch(1);
    /** Since when, in nanoseconds, one tree is being sealed; null while none is. */
    private volatile @Nullable Long busySince;

    /** @param patience of those who wait for a seal */
    Sealer(Epochs epochs, CheckpointStore secondPlace, LedgerTable table, OutsideMemory outside, Duration patience) {
        this.epochs = epochs;
        this.secondPlace = secondPlace;
        this.table = table;
        this.outside = outside;
        this.hanging = patience.multipliedBy(3);
    }

    /** Has this tree sealed, and none before it that was not yet. */
    void seal(Tip tip) {
        durable = tip;
        next.set(tip);
        LockSupport.unpark(thread);
    }

    @Override
    public boolean await(long position, Duration patience) {
        try {
            return sealed.position() >= position
                    || sealed.awaitBeyond(position - 1, patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Optional<SignedNote> newest() {
        return Optional.ofNullable(newest);
    }

    @Override
    public @Nullable String refusal() {
        String known = refusal;
        Long since = busySince;
        return known == null && since != null && System.nanoTime() - since > hanging.toNanos()
                ? "signing, or keeping the checkpoint in the second place, does not come to an end"
                : known;
    }

    private void run() {
        while (running || next.get() != null) {
            Tip tip = next.getAndSet(null);
            if (tip == null) {
                LockSupport.park(this);
                continue;
            }
            busySince = System.nanoTime();
            try {
                sealNow(tip);
                refusal = null;
            } catch (IOException | RuntimeException | Error e) {
                failed(e, tip);
            }
            busySince = null;
            looked.countDown();
        }
    }

    /** Waits for the first look at the second place: before it nobody knows whether the database was set back. */
    void awaitFirstLook() {
        try {
            if (!looked.await(hanging.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("Nothing was sealed yet since the start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void sealNow(Tip tip) throws IOException {
        Epoch epoch = epochs.current();
        if (!compared) {
            compare(epoch);
            compared = true;
        }
        outside.requireNothingBeyond(epoch.origin().toString(), tip.size());
        SignedNote note = epochs.sign(epoch, tip);
        SignedNote kept = secondPlace.keep(note);
        if (!kept.equals(note)) {
            requireOurs(epoch, kept);
        }
        newest = note;
        outside.sealed(note);
        sealed.moveTo(tip.size());
    }

    @Override
    public Optional<SignedNote> known() throws IOException {
        return secondPlace.newest();
    }

    /** The size of that checkpoint; 0 when there is none, it cannot be read, or others signed it. */
    long knownSize() {
        try {
            return secondPlace.newest().filter(note -> !note.verify(verifiers()).isEmpty())
                    .map(note -> Checkpoint.parse(note.text()).size()).orElse(0L);
        } catch (IOException | KeysMissing e) {
            return 0;
        }
    }

    /**
     * Prepares another epoch: a checkpoint under its origin, over what is there, is kept in the second place. From now on nothing
     * is signed until {@link #enter} says that it was decided; should that never be recorded, the second place knows an epoch
     * that the trail does not, and somebody has to decide again.
     *
     * @return the tree that the epoch begins with
     */
    synchronized Tip prepare(Epoch epoch) throws IOException {
        Tip tip = durable;
        if (tip == null) {
            throw new IOException("the ledger's tree is not known yet");
        }
        SignedNote first = epochs.sign(epoch, tip);
        compared = false;
        if (!secondPlace.keep(first).equals(first)) {
            throw new IOException("the second place knows a later epoch");
        }
        return tip;
    }

    /** Goes on in this epoch, or with these keys. */
    synchronized void enter(Epoch epoch) {
        epochs.enter(epoch);
        LockSupport.unpark(thread);
    }

    /** Once at the start and in each epoch, before the first signature. */
    private void compare(Epoch epoch) throws IOException {
        SignedNote kept = secondPlace.newest().orElseThrow(() -> new LedgerDamaged(
                "the second place has lost its checkpoints: nothing tells whether the database was set back"));
        requireOurs(epoch, kept);
        outside.ask(kept);
    }

    /** What the second place knows is signed with this epoch's keys, and this database has that tree. */
    private void requireOurs(Epoch epoch, SignedNote kept) {
        Checkpoint known = Checkpoint.parse(kept.text());
        if (!known.origin().equals(epoch.origin().toString())) {
            // Another node may have opened an epoch.
            epochs.forget();
            throw new LedgerDamaged("the second place has a checkpoint of %s and the database is in %s: it was set back, or is"
                    .formatted(known.origin(), epoch.origin()) + " another ledger's");
        }
        if (kept.verify(verifiers()).isEmpty()) {
            throw new LedgerDamaged("the checkpoint in the second place is signed with other keys");
        }
        long size = table.size();
        if (known.size() > size) {
            throw new LedgerDamaged("the second place knows a checkpoint over %d events and the database has %d: it was set back"
                    .formatted(known.size(), size));
        }
        Hash root = new StoredTiles(table).prover(size).root(known.size());
        if (!root.equals(known.root())) {
            throw new LedgerDamaged("the first %d events are not those that were signed".formatted(known.size()));
        }
    }

    @Override
    public List<NoteVerifier> verifiers() {
        return epochs.signers(epochs.current()).stream().map(signer -> CheckpointVerifier.of(signer.key())).toList();
    }

    private void failed(Throwable cause, Tip tip) {
        if (refusal == null) {
            LOG.error("Nothing is sealed: writes stop until this is repaired", cause);
        }
        refusal = String.valueOf(cause.getMessage());
        Tip latest = durable;
        next.compareAndSet(null, latest == null ? tip : latest);
        if (running) {
            LockSupport.parkNanos(AFTER_FAILURE.toNanos());
        } else {
            next.set(null);
        }
    }

    @Override
    public void start() {
        try {
            if (table.isNew() && secondPlace.newest().isEmpty()) {
                epochs.begin();
                // From now on a second place without a checkpoint has lost it.
                secondPlace.keep(epochs.sign(epochs.current(), new Tip(0, TreeHasher.EMPTY_ROOT)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoints cannot be kept", e);
        }
        running = true;
        thread = Thread.ofPlatform().name("sealer").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        Thread current = thread;
        if (current != null) {
            LockSupport.unpark(current);
            try {
                if (!current.join(hanging)) {
                    // It waits for the second place, and would for ever.
                    current.interrupt();
                    current.join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the sequencer starts, and after it has stopped. */
    @Override
    public int getPhase() {
        return Sequencer.PHASE - 1;
    }
}
