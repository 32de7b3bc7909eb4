package io.promptaudit.query.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Something that protects or proves the trail is not as it should be, or is again.
 *
 * @param alert what is watched
 * @param detail what is wrong; null once it is not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Alert(String alert, @Nullable String detail) {}
