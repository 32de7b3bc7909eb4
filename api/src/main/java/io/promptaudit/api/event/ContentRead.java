package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A reader was given the content of a prompt whose reads are recorded. Stands outside the prompt's own stream, which reading does not
 * disturb.
 *
 * @param versions the versions whose content was in the answer
 * @param query what was asked, by the name of the query
 * @param environment where the version is or was active, when that was asked
 */
@Revision("1")
public record ContentRead(String prompt, List<Integer> versions, String query, @Nullable String environment)
        implements
            TrailEvent {}
