package io.promptaudit.query.feed;

import java.util.Optional;

import io.promptaudit.api.Caller;

/** Says what an authenticated caller may do by now: an open stream outlives grants, passwords and accounts. */
@FunctionalInterface
public interface CallerRefresh {
    /** The caller with the grants held at this moment; empty when the account or credential is no longer good. */
    Optional<Caller> refresh(Caller caller);
}
