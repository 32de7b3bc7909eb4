package io.promptaudit.server.ledger;

import io.promptaudit.ledger.tree.Hash;

/** A tree that is on disk: how many leaves, and its root. */
record Tip(long size, Hash root) {}
