package io.promptaudit.query.feed;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A recorded event as subscribers get it: CloudEvents 1.0 in structured JSON. Each type is a contract of its own and
 * never changes; what changes gets another version in its type.
 *
 * @param id the event's id
 * @param source where its streams are read
 * @param type for example {@code io.promptaudit.prompt.deployed.v1}
 * @param subject the prompt, environment or account that it is about; null when it is about none
 * @param time when it was recorded
 * @param position extension: its position in the one order of all events
 * @param actor extension: the account that acted; null when that is not recorded
 * @param onbehalfof extension: the person that account acted for; null for nobody else
 * @param data what happened, in words of the type's own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CloudEvent(String specversion, String id, String source, String type, @Nullable String subject,
        @JsonFormat(pattern = MILLISECONDS, timezone = "UTC") Instant time, String datacontenttype, long position,
        @Nullable String actor, @Nullable String onbehalfof, Object data) {

    /** In streams as in pages, also at a full second. */
    static final String MILLISECONDS = "uuuu-MM-dd'T'HH:mm:ss.SSSX";

    /** An event of this server. */
    static CloudEvent of(String id, String type, @Nullable String subject, Instant time, long position, @Nullable String actor,
            @Nullable String person, Object data) {
        return new CloudEvent("1.0", id, "/api/v1", type, subject, time, "application/json", position, actor, person, data);
    }
}
