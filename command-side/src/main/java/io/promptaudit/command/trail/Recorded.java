package io.promptaudit.command.trail;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a write: what was recorded, and where it stands in the one order.
 *
 * @param version the version the event speaks of, or null
 * @param revision the policy's revision, for a policy; else null
 * @param schedule the schedule's id, for a new schedule; else null
 * @param change the change that was proposed, confirmed or declined, or null
 * @param position the event's position, usable as {@code Audit-Position}
 * @param recordedAt the event's time by the server's clock, UTC
 * @param sealed whether a signed checkpoint covers the event
 * @param pending true when what was asked for waits for a second admin, else null; answered 202
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Recorded(@Nullable String prompt, @Nullable Integer version, @Nullable String environment,
        @Nullable Long revision, @Nullable String account, @Nullable String change, @Nullable String schedule, String eventId,
        long position,
        Instant recordedAt, boolean sealed, @Nullable Boolean pending) implements Acknowledgement {

    @Override
    @JsonIgnore
    public boolean isPending() {
        return pending != null;
    }

    @Override
    public Recorded withSeal() {
        return new Recorded(prompt, version, environment, revision, account, change, schedule, eventId, position, recordedAt,
                true,
                pending);
    }
}
