package io.promptaudit.query.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * There is a new version; its content is fetched, never sent.
 *
 * @param contentType {@code text} or {@code chat}
 * @param basedOn the version it was made from; null for the first and for imported ones
 * @param imported what its source claims, when it was imported and not witnessed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionChange(String prompt, int version, String contentType, String digest, String note,
        @Nullable Integer basedOn, @Nullable Imported imported) {

    /** Where an imported version is said to come from. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Imported(String claimedAuthor, String claimedAt, @Nullable String commit) {}
}
