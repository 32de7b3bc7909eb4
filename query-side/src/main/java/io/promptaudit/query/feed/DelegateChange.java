package io.promptaudit.query.feed;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Somebody may act for a person, or may no more.
 *
 * @param until when that ends by itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DelegateChange(String account, String delegate,
        @JsonFormat(pattern = CloudEvent.MILLISECONDS, timezone = "UTC") @Nullable Instant until) {}
