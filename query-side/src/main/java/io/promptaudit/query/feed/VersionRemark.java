package io.promptaudit.query.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A version was checked or commented on.
 *
 * @param text the comment
 * @param check the name of the check
 * @param outcome {@code passed} or {@code failed}
 * @param url where the check's report is
 * @param digest the digest of that report
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionRemark(String prompt, int version, @Nullable String text, @Nullable String check,
        @Nullable String outcome, @Nullable String url, @Nullable String digest) {}
