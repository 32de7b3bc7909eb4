package io.promptaudit.api.query;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Identity;

/**
 * An account and what it may do.
 *
 * @param displayName null once erased
 * @param contact how to reach the person, or null
 * @param actsFor the person an agent acts for, or null
 * @param limits where the caller asks about itself: further lists of grants that each must allow what {@code grants} allow
 * @param groups null for none
 * @param delegates who may act for the person; null for nobody
 * @param locked true while it is locked, else null
 * @param closed true once it ended, else null
 * @param erased true once its personal details are gone, else null
 * @param history how it became so, oldest first; only where one account is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountView(String id, @Nullable String displayName, @Nullable String contact, AccountKind kind,
        @Nullable String actsFor, List<Grant> grants, @Nullable List<List<Grant>> limits, @Nullable List<String> groups,
        @Nullable List<Delegate> delegates, @Nullable Boolean locked, @Nullable Boolean closed, @Nullable Boolean erased,
        @Nullable List<Change> history) {

    /** Shows no empty groups and delegates. */
    public AccountView {
        groups = groups == null || groups.isEmpty() ? null : List.copyOf(groups);
        delegates = delegates == null || delegates.isEmpty() ? null : List.copyOf(delegates);
    }

    /** An account as it begins. */
    public AccountView(String id, AccountKind kind, @Nullable String actsFor, List<Grant> grants) {
        this(id, null, null, kind, actsFor, grants, null, null, null, null, null, null, null);
    }

    /**
     * Who may act for a person.
     *
     * @param until when that ends by itself, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Delegate(String account, @Nullable Instant until) {}

    /**
     * A change of the account.
     *
     * @param onBehalfOf the person that {@code by} acted for, or null
     * @param what {@code created}, {@code described}, {@code grants-changed}, {@code grants-change-proposed},
     *     {@code grants-change-declined}, {@code groups-changed}, {@code groups-change-proposed},
     *     {@code groups-change-declined}, {@code password-set}, {@code identity-linked}, {@code locked}, {@code unlocked}, {@code closed},
     *     {@code erased}, {@code delegate-allowed}, {@code delegate-withdrawn}, {@code key-created}, {@code key-rotated} or
     *     {@code key-revoked}
     * @param change the change that was proposed, confirmed or declined, or null
     * @param proposedBy who proposed the change that was confirmed or declined, or null
     * @param key the public half of the key that was made, rotated or revoked, or null
     * @param identity the identity that was linked, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(long position, String eventId, Instant recordedAt, String by, @Nullable String onBehalfOf,
            String what, @Nullable List<Grant> grants, @Nullable List<String> groups, @Nullable Delegate delegate,
            @Nullable String reason, @Nullable String change, @Nullable String proposedBy,
            @Nullable String key, @Nullable Identity identity) {

        /** The same change, of this key. */
        public Change of(String publicKey) {
            return new Change(position, eventId, recordedAt, by, onBehalfOf, what, grants, groups, delegate, reason, change,
                    proposedBy, publicKey, identity);
        }
    }

    /** The same account with what is known of its person. */
    public AccountView named(@Nullable String name, @Nullable String reachedAt) {
        return new AccountView(id, name, reachedAt, kind, actsFor, grants, limits, groups, delegates, locked, closed, erased,
                history);
    }

    /** The same account with these grants. */
    public AccountView granted(List<Grant> now) {
        return new AccountView(id, displayName, contact, kind, actsFor, now, limits, groups, delegates, locked, closed, erased,
                history);
    }

    /** The same account in these groups. */
    public AccountView grouped(List<String> now) {
        return new AccountView(id, displayName, contact, kind, actsFor, grants, limits, now, delegates, locked, closed, erased,
                history);
    }

    /** The same account with these delegates. */
    public AccountView delegating(List<Delegate> now) {
        return new AccountView(id, displayName, contact, kind, actsFor, grants, limits, groups, now, locked, closed, erased,
                history);
    }

    /** The same account after what became of it. */
    public AccountView standing(boolean isLocked, boolean isClosed, boolean isErased) {
        return new AccountView(id, displayName, contact, kind, actsFor, grants, limits, groups, delegates,
                isLocked ? true : null, isClosed ? true : null, isErased ? true : null, history);
    }

    /** The same account with its history. */
    public AccountView with(List<Change> changes) {
        return new AccountView(id, displayName, contact, kind, actsFor, grants, limits, groups, delegates, locked, closed,
                erased, changes);
    }
}
