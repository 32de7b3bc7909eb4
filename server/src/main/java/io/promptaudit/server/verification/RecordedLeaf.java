package io.promptaudit.server.verification;

import io.promptaudit.ledger.encoding.Bytes;

/** A leaf as it is stored: its bytes, and what is said to be their hash. */
record RecordedLeaf(Bytes entry, Bytes hash) {}
