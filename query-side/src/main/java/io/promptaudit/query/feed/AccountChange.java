package io.promptaudit.query.feed;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An account was created, granted something else, given a password, or erased. Nothing personal is in it.
 *
 * @param kind {@code person}, {@code service} or {@code agent}
 * @param actsFor the person an agent acts for
 * @param grants all it holds now
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountChange(String account, @Nullable String kind, @Nullable String actsFor,
        @Nullable List<Granted> grants, @Nullable String reason) {

    /** One permission. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Granted(String role, String prompts, List<String> environments) {}
}
