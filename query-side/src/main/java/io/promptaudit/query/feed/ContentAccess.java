package io.promptaudit.query.feed;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Somebody was given the content of a prompt whose reads are recorded.
 *
 * @param versions the versions whose content was in the answer
 * @param query what was asked
 * @param environment where the version is or was active, when that was asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ContentAccess(String prompt, List<Integer> versions, String query, @Nullable String environment) {}
