package io.promptaudit.query.store;

import java.time.Instant;

/**
 * When, where and by whom an event was recorded.
 *
 * @param sequence its number within the prompt, from 0
 * @param account the account that acted
 */
public record Occurrence(String eventId, long sequence, long position, Instant at, String account) {}
