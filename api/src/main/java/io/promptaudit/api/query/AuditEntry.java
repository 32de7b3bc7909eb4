package io.promptaudit.api.query;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.PersonalDetails;
import io.promptaudit.api.Rule;

/**
 * One line of the readable trail.
 *
 * @param actor who did it or was refused
 * @param action what: an {@link Action#id()}
 * @param policyRevision the revision of the release policy that refused, or null
 * @param account the account it was done to, or null
 * @param sentence all of it in one sentence; never a prompt's text
 * @param reason what the actor gave as reason, or null
 * @param displayName who that is; null once erased
 * @param address from where; null once erased, or where the caller may not know
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(long position, String eventId, Instant recordedAt, String actor, String kind,
        @Nullable String onBehalfOf, @Nullable String roles, @Nullable String credential, @Nullable String requestId,
        @Nullable String traceId, String action, Outcome outcome, @Nullable Rule rule, @Nullable Long policyRevision,
        @Nullable String prompt,
        @Nullable Integer version, @Nullable String environment, @Nullable String account, String sentence,
        @Nullable String reason, @Nullable String displayName, @Nullable String address, @Nullable String userAgent) {

    /** The same line with what is known of the person, and from where only if the caller may know. */
    public AuditEntry opened(@Nullable PersonalDetails person, boolean fromWhere) {
        return new AuditEntry(position, eventId, recordedAt, actor, kind, onBehalfOf, roles, credential, requestId, traceId,
                action, outcome, rule, policyRevision, prompt, version, environment, account, sentence, reason,
                person == null ? null : person.displayName(), person == null || !fromWhere ? null : person.address(),
                person == null || !fromWhere ? null : person.userAgent());
    }
}
