package io.promptaudit.api.query;

import org.jspecify.annotations.Nullable;

/**
 * Who signed, as the signature's own event says.
 *
 * @param displayName the account's name when it signed; null once erased
 * @param onBehalfOf the person it acted for, or null
 */
public record Signatory(@Nullable String displayName, @Nullable String onBehalfOf) {}
