package io.promptaudit.api.query;

import io.promptaudit.api.Caller;

/** Everything a caller may ask to be told. What the caller may not know is answered as if it did not exist. */
public sealed interface Query permits ViewQuery, StoreQuery, EvidenceQuery {
    /** Who asks, from authentication. */
    Caller caller();
}
