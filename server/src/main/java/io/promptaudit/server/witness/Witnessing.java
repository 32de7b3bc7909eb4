package io.promptaudit.server.witness;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.NoteSignature;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.tree.Prover;
import io.promptaudit.server.ledger.OutsideMemory;
import io.promptaudit.server.sequence.LedgerDamaged;
import io.promptaudit.server.sequence.Sequencer;

/**
 * Sends the newest checkpoint to every witness, beside sealing: whoever writes does not wait for it. All are sent the same one,
 * because a quorum is of one checkpoint, and no other one before enough of them answered or all did.
 */
final class Witnessing implements OutsideMemory, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Witnessing.class);

    private final WitnessGroup group;
    private final WitnessTiming timing;
    private final InstantSource clock;
    private final WitnessClient client;
    private final List<Dialogue> dialogues;
    private final Cosigning cosigning;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable Instant sealedAt;
    private volatile boolean running;
    private @Nullable Thread thread;

    /** @param provers gives proofs of the tree with so many leaves */
    Witnessing(WitnessGroup group, LongFunction<Prover> provers, WitnessTiming timing, InstantSource clock) {
        this.group = group;
        this.timing = timing;
        this.clock = clock;
        this.client = new WitnessClient(timing.patience());
        this.dialogues = group.members().stream().map(witness -> new Dialogue(witness, client, provers, timing, clock)).toList();
        this.cosigning = new Cosigning(group.quorum(), timing.again());
    }

    WitnessGroup group() {
        return group;
    }

    List<Dialogue> dialogues() {
        return dialogues;
    }

    Cosigning cosigning() {
        return cosigning;
    }

    @Override
    public void ask(SignedNote kept) {
        if (group.isEmpty()) {
            return;
        }
        cosigning.sealed(kept, clock.instant());
        round(kept, dialogues.stream().filter(Dialogue::begin).toList());
        long end = System.nanoTime() + timing.patienceAtStart().toNanos();
        try {
            long version = cosigning.version();
            while (cosigning.isPending() && System.nanoTime() < end) {
                cosigning.awaitChange(version, Duration.ofNanos(end - System.nanoTime()));
                version = cosigning.version();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (cosigning.isPending()) {
            LOG.warn("Not every witness said in time what it knows of the ledger: signing begins without");
        }
    }

    @Override
    public void requireNothingBeyond(String origin, long size) {
        for (Dialogue dialogue : dialogues) {
            Dialogue.Standing standing = dialogue.standing();
            if (standing.origin().equals(origin) && standing.beyond() > size) {
                throw new LedgerDamaged("the witness %s knows a tree of %d entries and the database has %d: it was set back, or"
                        .formatted(dialogue.name(), standing.beyond(), size) + " somebody else signs with the ledger's key");
            }
        }
    }

    @Override
    public void sealed(SignedNote checkpoint) {
        Instant now = clock.instant();
        sealedAt = now;
        if (!group.isEmpty()) {
            cosigning.sealed(checkpoint, now);
        }
    }

    /** When the newest checkpoint was sealed; null while none was since the start. */
    @Nullable
    Instant sealedAt() {
        return sealedAt;
    }

    private void run() {
        while (running) {
            try {
                long version = cosigning.version();
                SignedNote newest = cosigning.newest();
                List<Dialogue> willing = newest == null || cosigning.isOpen()
                        ? List.of()
                        : dialogues.stream().filter(one -> one.wants(newest)).filter(Dialogue::begin).toList();
                if (newest == null || willing.isEmpty()) {
                    cosigning.awaitChange(version, timing.pace());
                } else {
                    round(newest, willing);
                    Thread.sleep(timing.pace());
                }
            } catch (InterruptedException e) {
                running = false;
            } catch (RuntimeException e) {
                LOG.error("Witnesses cannot be asked", e);
            }
        }
    }

    private void round(SignedNote note, List<Dialogue> asked) {
        cosigning.begin(note, asked.size(), clock.instant());
        asked.forEach(dialogue -> requests.execute(() -> ask(dialogue, note)));
    }

    /** Counts as an answer whatever happens: who never answered would never be asked again. */
    private void ask(Dialogue dialogue, SignedNote note) {
        NoteSignature cosignature = null;
        try {
            cosignature = dialogue.cosign(note);
        } finally {
            cosigning.answered(note, dialogue.name(), cosignature, clock.instant());
        }
    }

    /** Why nothing may be written until what a witness knows is explained, as the end of a sentence; null when nothing is. */
    @Nullable
    String beyond() {
        SignedNote newest = cosigning.newest();
        if (newest == null) {
            return null;
        }
        Checkpoint checkpoint = Checkpoint.parse(newest.text());
        try {
            requireNothingBeyond(checkpoint.origin(), checkpoint.size());
            return null;
        } catch (LedgerDamaged e) {
            return e.getMessage();
        }
    }

    /** Whether the quorum has been missing for longer than this. */
    boolean isMissedFor(Duration time) {
        Instant due = cosigning.dueSince();
        return due != null && clock.instant().isAfter(due.plus(time));
    }

    @Override
    public void start() {
        running = true;
        if (!group.isEmpty()) {
            thread = Thread.ofVirtual().name("witnesses").start(this::run);
        }
    }

    @Override
    public void stop() {
        running = false;
        Thread current = thread;
        if (current != null) {
            current.interrupt();
        }
        requests.shutdownNow();
        client.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the sealer starts, and after it has stopped. */
    @Override
    public int getPhase() {
        return Sequencer.PHASE - 2;
    }
}
