package io.promptaudit.server.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.event.EpochOpened;
import io.promptaudit.api.event.LedgerKeysRotated;
import io.promptaudit.command.trail.LedgerDecisions.Decision;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.NoteSigner;
import io.promptaudit.ledger.note.SignedNote;

/** Knows the ledger's epoch, from what was decided and the keys that are there, and signs for it. */
final class Epochs {
    private final SigningKeys keys;
    private final Supplier<List<Decision>> decisions;
    private final String name;
    private final Duration overlap;
    private final InstantSource clock;
    private final Map<KeySet, List<NoteSigner>> signers = new ConcurrentHashMap<>();
    private volatile @Nullable Epoch current;

    /**
     * Reads decisions only when it must: they lie in the event store.
     *
     * @param name what the origin of a new ledger begins with
     * @param overlap how long rotated keys go on signing
     */
    Epochs(SigningKeys keys, Supplier<List<Decision>> decisions, String name, Duration overlap, InstantSource clock) {
        this.keys = keys;
        this.decisions = decisions;
        this.name = name;
        this.overlap = overlap;
        this.clock = clock;
    }

    SigningKeys keys() {
        return keys;
    }

    List<Decision> decisions() {
        return decisions.get();
    }

    /** The epoch that was opened last. */
    Epoch current() {
        Epoch known = current;
        if (known == null) {
            String base = keys.base().orElseThrow(() -> new KeysMissing("no key of the ledger is there: put the key files back"));
            known = Epoch.opened(new Origin(base, 1)).after(decisions());
            current = known;
        }
        return known;
    }

    /** Goes on as it was decided by now. */
    void enter(Epoch epoch) {
        current = epoch;
    }

    /** Asks anew what was decided: another node may know more. */
    void forget() {
        current = null;
    }

    /** Begins a ledger that signed nothing yet. */
    void begin() {
        keys.setAside();
        Origin first = new Origin(keys.base().orElseGet(() -> name + "/" + UUID.randomUUID()), 1);
        keys.make(KeySet.first(first));
        current = Epoch.opened(first);
    }

    /** An origin that nothing was ever signed under, as far as keys, decisions and the newest checkpoint that is known tell. */
    Origin next(@Nullable SignedNote known) {
        Origin ofKnown = known == null ? null : Origin.parse(Checkpoint.parse(known.text()).origin());
        int newest = keys.newestEpoch();
        for (Decision decision : decisions()) {
            newest = decision.event() instanceof EpochOpened opened ? Math.max(newest, opened.epoch()) : newest;
        }
        String base = keys.base().or(() -> java.util.Optional.ofNullable(ofKnown).map(Origin::base))
                .orElseGet(() -> name + "/" + UUID.randomUUID());
        return new Origin(base, Math.max(newest, ofKnown == null ? 1 : ofKnown.epoch()) + 1);
    }

    /**
     * Signs a tree for an epoch.
     *
     * @throws KeysMissing when a key is not there
     */
    SignedNote sign(Epoch epoch, Tip tip) {
        var note = new SignedNote(new Checkpoint(epoch.origin().toString(), tip.size(), tip.root()).text(), List.of());
        for (NoteSigner signer : signers(epoch)) {
            note = note.signedBy(signer);
        }
        return note;
    }

    /** Who signs for the epoch now, Ed25519 with the newest key first. */
    List<NoteSigner> signers(Epoch epoch) {
        var all = new ArrayList<NoteSigner>();
        for (KeySet set : epoch.signing(clock.instant(), overlap)) {
            all.addAll(signers.computeIfAbsent(set, keys::signers));
        }
        return List.copyOf(all);
    }

    /** The verifier keys of these signers. */
    static List<String> verifiers(List<NoteSigner> signers) {
        return signers.stream().map(signer -> signer.key().toString()).toList();
    }

    /** Every verifier key that the ledger ever had, as far as it is on record, those that sign now first. */
    Set<String> everyVerifier() {
        var all = new LinkedHashSet<>(verifiers(signers(current())));
        for (Decision decision : decisions()) {
            switch (decision.event()) {
                case EpochOpened e -> {
                    all.addAll(e.keys());
                    all.addAll(e.retired());
                }
                case LedgerKeysRotated e -> {
                    all.addAll(e.keys());
                    all.addAll(e.retired());
                }
                default -> throw new IllegalStateException("no decision on the ledger");
            }
        }
        return all;
    }

    Instant now() {
        return clock.instant();
    }
}
