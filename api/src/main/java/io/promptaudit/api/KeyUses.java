package io.promptaudit.api;

import java.time.Instant;
import java.util.Map;

/** Tells when keys were last used. That is no event: it may be late by a minute, and lost in a crash. */
@FunctionalInterface
public interface KeyUses {

    /** The last use of each of the account's keys that was used, by the key's public half. */
    Map<String, Instant> lastOf(String account);
}
