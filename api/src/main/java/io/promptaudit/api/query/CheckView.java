package io.promptaudit.api.query;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.CheckOutcome;

/**
 * The outcome of an evaluation.
 *
 * @param check its event's id
 * @param account who recorded it
 * @param onBehalfOf the person that account acted for, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckView(String check, String name, CheckOutcome outcome, @Nullable String url, @Nullable String digest,
        String account, @Nullable String onBehalfOf, Instant recordedAt) {}
