package io.promptaudit.api.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What the source of an imported version claims.
 *
 * @param commit the source's own reference
 * @param witnessed always false: nobody here saw it happen
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportView(String claimedAuthor, String claimedAt, @Nullable String commit, boolean witnessed) {}
