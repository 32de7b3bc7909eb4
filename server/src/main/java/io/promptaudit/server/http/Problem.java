package io.promptaudit.server.http;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.command.trail.Refused;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param type {@code /problems/} and an id that never changes its meaning
 * @param field the path of the field at fault, or null
 * @param rule what the field must be, or the id of the rule that refused, or null
 * @param eventId the event that records a refusal, or null
 * @param position that event's position, or null
 * @param policyRevision the revision of the release policy that decided, or null
 * @param requestId the id of the request, as in its {@code Request-Id} header
 * @param headers what the answer's head says beside the status
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, @Nullable String detail, @Nullable String field,
        @Nullable String rule, @Nullable String eventId, @Nullable Long position, @Nullable Long policyRevision,
        @Nullable String requestId, @JsonIgnore Map<String, String> headers) {

    /** Keeps its own copy of the headers. */
    public Problem {
        headers = Map.copyOf(headers);
    }

    /**
     * A problem without further members.
     *
     * @param id the last segment of its type; the title is made of it
     */
    public static Problem of(int status, String id, @Nullable String detail) {
        String title = Character.toUpperCase(id.charAt(0)) + id.substring(1).replace('-', ' ');
        return new Problem("/problems/" + id, title, status, detail, null, null, null, null, null, null, Map.of());
    }

    /** A problem that passes by itself: 503 with {@code Retry-After}. */
    public static Problem passing(String id, @Nullable String detail, int retryAfterSeconds) {
        return of(503, id, detail).with("Retry-After", Integer.toString(retryAfterSeconds));
    }

    /** The same, at this field for breaking this rule. */
    Problem at(String at, String broken) {
        return new Problem(type, title, status, detail, at, broken, eventId, position, policyRevision, requestId, headers);
    }

    /** The same, with where the trail records the refusal. */
    Problem recorded(Refused refused) {
        return new Problem(type, title, status, detail, field, refused.rule().id(), refused.eventId(), refused.position(),
                refused.policyRevision(), requestId, headers).with("Receipt", "/ledger/receipts/" + refused.eventId());
    }

    /** The same, with one more header. */
    public Problem with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Problem(type, title, status, detail, field, rule, eventId, position, policyRevision, requestId, more);
    }

    /** The same, for this request. */
    Problem of(String request) {
        return new Problem(type, title, status, detail, field, rule, eventId, position, policyRevision, request, headers);
    }
}
