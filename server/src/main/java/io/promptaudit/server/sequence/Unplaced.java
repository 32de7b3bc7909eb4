package io.promptaudit.server.sequence;

import java.time.Instant;

/** A committed event that has no position yet, and its index in the event table. */
public record Unplaced(long index, String eventId, Instant recordedAt) {}
