package io.promptaudit.server.ledger;

import java.util.List;
import java.util.Optional;

import io.promptaudit.ledger.note.NoteSigner;

/** Where the keys that sign checkpoints are kept. */
interface SigningKeys {

    /** What the ledger's origins begin with, as far as the keys tell. */
    Optional<String> base();

    /** The newest epoch that there are keys for; 0 when there are none, or that is not known. */
    int newestEpoch();

    /**
     * The signers of a set, Ed25519 first, which every tool knows.
     *
     * @throws KeysMissing when they are not there
     */
    List<NoteSigner> signers(KeySet set);

    /**
     * Makes a set of keys, unless it is there.
     *
     * @throws KeysMissing when somebody else has to make them
     */
    void make(KeySet set);

    /** Puts away keys that never signed anything for certain, so that a new ledger gets another origin. */
    void setAside();
}
