package io.promptaudit.api.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Identity;

/** Everything a caller may ask of one account. */
public sealed interface AccountCommand extends Command {

    /** The account's id. */
    String account();

    @Override
    default String target() {
        return "account:" + account();
    }

    /** Make an account. The password stays in this message: it is hashed, and reaches no event and no log. */
    record CreateAccount(String account, String displayName, @Nullable String contact, AccountKind kind,
            @Nullable String actsFor, @Nullable String password, List<Grant> grants, List<String> groups,
            @Nullable Identity identity)
            implements
                AccountCommand {
        /** An account without contact, groups and identity. */
        public CreateAccount(String account, String displayName, AccountKind kind, @Nullable String actsFor,
                @Nullable String password, List<Grant> grants) {
            this(account, displayName, null, kind, actsFor, password, grants, List.of(), null);
        }

        @Override
        public String toString() {
            return "CreateAccount[account=" + account + "]";
        }
    }

    /** Change what is known of the person behind the account; what is null stays, an empty contact is taken away. */
    record DescribeAccount(String account, @Nullable String displayName, @Nullable String contact) implements AccountCommand {
        @Override
        public String toString() {
            return "DescribeAccount[account=" + account + "]";
        }
    }

    /** Replace all grants. */
    record ChangeGrants(String account, List<Grant> grants) implements AccountCommand {}

    /** Replace all groups. */
    record ChangeGroups(String account, List<String> groups) implements AccountCommand {}

    /** Set the password. It stays in this message: it is hashed, and reaches no event and no log. */
    record SetPassword(String account, String password) implements AccountCommand {
        @Override
        public String toString() {
            return "SetPassword[account=" + account + "]";
        }
    }

    /** Let whoever an identity provider knows by this identity sign in as the account, and nobody by one before. */
    record LinkIdentity(String account, Identity identity) implements AccountCommand {}

    /** Let the account, its keys and whoever acts for it do nothing until it is unlocked. */
    record LockAccount(String account, String reason) implements AccountCommand {}

    /** Let a locked account be used again. */
    record UnlockAccount(String account, String reason) implements AccountCommand {}

    /** End the account for good, with its password and keys. Its id is never used again. */
    record CloseAccount(String account, String reason) implements AccountCommand {}

    /** Let a service or an agent act for the person, until then if a moment is given. */
    record AllowDelegate(String account, String delegate, @Nullable Instant until) implements AccountCommand {}

    /** Let a service or an agent act for the person no more. */
    record WithdrawDelegate(String account, String delegate) implements AccountCommand {}

    /** Give the account a further API key, of whose secret only the SHA-256 is told. */
    record CreateKey(String account, String key, String secretHash, String name, @Nullable Instant expiresAt,
            @Nullable List<Grant> grants) implements AccountCommand {
        @Override
        public String toString() {
            return "CreateKey[account=" + account + ", key=" + key + "]";
        }
    }

    /** Give a key a successor, and let it end after this time. */
    record RotateKey(String account, String key, String successor, String secretHash, Duration overlap)
            implements
                AccountCommand {
        @Override
        public String toString() {
            return "RotateKey[account=" + account + ", key=" + key + "]";
        }
    }

    /** Let a key be good for nothing, at once. */
    record RevokeKey(String account, String key) implements AccountCommand {}

    /** Delete the key of the account's personal details and its credentials, for good. */
    record EraseAccount(String account, String reason) implements AccountCommand {}
}
