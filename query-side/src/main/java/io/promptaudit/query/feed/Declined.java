package io.promptaudit.query.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A change that waited for a second admin will never take effect.
 *
 * @param environment the environment whose policy it was about, or null
 * @param account the account that it was about, or null
 * @param change the id of the event that proposed it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Declined(@Nullable String environment, @Nullable String account, String change, String proposedBy,
        String reason) {}
