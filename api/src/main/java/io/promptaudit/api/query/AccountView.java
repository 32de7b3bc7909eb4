package io.promptaudit.api.query;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Grant;

/**
 * An account and what it may do.
 *
 * @param displayName null once erased
 * @param actsFor the person an agent acts for, or null
 * @param erased true once its personal details are gone, else null
 * @param history how it became so, oldest first; only where one account is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountView(String id, @Nullable String displayName, AccountKind kind, @Nullable String actsFor,
        List<Grant> grants, @Nullable Boolean erased, @Nullable List<Change> history) {

    /**
     * A change of the account.
     *
     * @param what {@code created}, {@code grants-changed}, {@code grants-change-proposed}, {@code grants-change-declined},
     *     {@code password-set}, {@code identity-linked} or {@code erased}
     * @param change the change that was proposed, confirmed or declined, or null
     * @param proposedBy who proposed the change that was confirmed or declined, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(long position, String eventId, Instant recordedAt, String by, String what,
            @Nullable List<Grant> grants, @Nullable String reason, @Nullable String change, @Nullable String proposedBy) {}

    /** The same account with its name. */
    public AccountView named(@Nullable String name) {
        return new AccountView(id, name, kind, actsFor, grants, erased, history);
    }

    /** The same account with its history. */
    public AccountView with(List<Change> changes) {
        return new AccountView(id, displayName, kind, actsFor, grants, erased, changes);
    }
}
