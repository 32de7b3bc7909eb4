package io.promptaudit.api.query;

import java.time.Instant;

/**
 * A rejection that stands.
 *
 * @param rejection its event's id
 * @param account whose it is
 */
public record RejectionView(String rejection, String account, Instant recordedAt, String reason) {}
