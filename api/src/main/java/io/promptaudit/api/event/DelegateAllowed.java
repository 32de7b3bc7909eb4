package io.promptaudit.api.event;

import java.time.Instant;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A person lets a service or an agent act for them.
 *
 * @param until when that ends by itself, or null
 */
@Revision("1")
public record DelegateAllowed(String account, String delegate, @Nullable Instant until) implements AccountEvent {}
