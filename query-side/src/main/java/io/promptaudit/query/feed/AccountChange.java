package io.promptaudit.query.feed;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Something happened to an account. Nothing personal is in it.
 *
 * @param kind {@code person}, {@code service} or {@code agent}
 * @param actsFor the person an agent acts for
 * @param grants all it holds now, or would hold where that is proposed
 * @param reason why
 * @param confirms the id of the event that proposed it, where a second admin confirmed it
 * @param proposedBy who proposed it then
 * @param groups all it belongs to now, or would belong to where that is proposed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountChange(String account, @Nullable String kind, @Nullable String actsFor,
        @Nullable List<Granted> grants, @Nullable String reason, @Nullable String confirms, @Nullable String proposedBy,
        @Nullable List<String> groups) {

    /** A change that tells no more than why. */
    AccountChange(String account, @Nullable String reason) {
        this(account, null, null, null, reason, null, null, null);
    }

    /** One permission. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Granted(String role, String prompts, List<String> environments) {}
}
