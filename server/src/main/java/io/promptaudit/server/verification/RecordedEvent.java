package io.promptaudit.server.verification;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.leaf.StoredEvent;

/**
 * What stands at one position.
 *
 * @param event null when it is not there
 * @param before the position of the event before it of the same aggregate; null when there is none
 */
record RecordedEvent(@Nullable StoredEvent event, @Nullable Long before) {}
