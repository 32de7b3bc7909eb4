package io.promptaudit.query.feed;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Grant;
import io.promptaudit.api.event.AccountClosed;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountDescribed;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.AccountLocked;
import io.promptaudit.api.event.AccountUnlocked;
import io.promptaudit.api.event.DelegateAllowed;
import io.promptaudit.api.event.DelegateWithdrawn;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.GroupsChanged;
import io.promptaudit.api.event.PasswordSet;

/**
 * Something happened to an account. Nothing personal is in it.
 *
 * @param kind {@code person}, {@code service} or {@code agent}
 * @param actsFor the person an agent acts for
 * @param grants all it holds now
 * @param groups all it belongs to now
 * @param delegate who may act for the account, or may no more
 * @param until when that ends by itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountChange(String account, @Nullable String kind, @Nullable String actsFor, @Nullable List<Granted> grants,
        @Nullable List<String> groups, @Nullable String delegate,
        @JsonFormat(pattern = CloudEvent.MILLISECONDS, timezone = "UTC") @Nullable Instant until, @Nullable String reason) {

    /** One permission. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Granted(String role, String prompts, List<String> environments) {}

    static String type(AccountEvent event) {
        return switch (event) {
            case AccountCreated _ -> "created";
            case AccountDescribed _ -> "described";
            case GrantsChanged _ -> "grants-changed";
            case GroupsChanged _ -> "groups-changed";
            case PasswordSet _ -> "password-set";
            case AccountLocked _ -> "locked";
            case AccountUnlocked _ -> "unlocked";
            case AccountClosed _ -> "closed";
            case AccountErased _ -> "erased";
            case DelegateAllowed _ -> "delegate-allowed";
            case DelegateWithdrawn _ -> "delegate-withdrawn";
        };
    }

    static AccountChange of(AccountEvent event) {
        String account = event.account();
        return switch (event) {
            case AccountCreated e ->
                new AccountChange(account, e.kind().id(), e.actsFor(), granted(e.grants()), null, null, null, null);
            case GrantsChanged e -> new AccountChange(account, null, null, granted(e.grants()), null, null, null, null);
            case GroupsChanged e -> new AccountChange(account, null, null, null, e.groups(), null, null, null);
            case AccountDescribed _,PasswordSet _ -> because(account, null);
            case AccountLocked e -> because(account, e.reason());
            case AccountUnlocked e -> because(account, e.reason());
            case AccountClosed e -> because(account, e.reason());
            case AccountErased e -> because(account, e.reason());
            case DelegateAllowed e -> new AccountChange(account, null, null, null, null, e.delegate(), e.until(), null);
            case DelegateWithdrawn e -> new AccountChange(account, null, null, null, null, e.delegate(), null, null);
        };
    }

    private static AccountChange because(String account, @Nullable String reason) {
        return new AccountChange(account, null, null, null, null, null, null, reason);
    }

    private static List<Granted> granted(List<Grant> grants) {
        return grants.stream().map(grant -> new Granted(grant.role().id(), grant.prompts(), grant.environments())).toList();
    }
}
