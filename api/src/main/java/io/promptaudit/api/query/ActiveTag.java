package io.promptaudit.api.query;

/**
 * What tells an answer about an active version from any other.
 *
 * @param tag the same if, and only if, every byte of the answer is the same
 */
public record ActiveTag(String tag) {}
