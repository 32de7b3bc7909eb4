package io.promptaudit.api.query;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A rejection that stands.
 *
 * @param rejection its event's id
 * @param account the account that gave it
 * @param onBehalfOf the person it acted for, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RejectionView(String rejection, String account, @Nullable String onBehalfOf, Instant recordedAt, String reason) {}
