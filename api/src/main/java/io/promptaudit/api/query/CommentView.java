package io.promptaudit.api.query;

import java.time.Instant;

/**
 * A remark on a version.
 *
 * @param comment its event's id
 */
public record CommentView(String comment, String prompt, int version, String account, Instant recordedAt, String text) {}
