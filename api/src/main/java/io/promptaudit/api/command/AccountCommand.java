package io.promptaudit.api.command;

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
    record CreateAccount(String account, String displayName, AccountKind kind, @Nullable String actsFor,
            @Nullable String password, List<Grant> grants, @Nullable Identity identity) implements AccountCommand {
        /** An account without identity. */
        public CreateAccount(String account, String displayName, AccountKind kind, @Nullable String actsFor,
                @Nullable String password, List<Grant> grants) {
            this(account, displayName, kind, actsFor, password, grants, null);
        }

        @Override
        public String toString() {
            return "CreateAccount[account=" + account + "]";
        }
    }

    /** Replace all grants. */
    record ChangeGrants(String account, List<Grant> grants) implements AccountCommand {}

    /** Set the password. It stays in this message: it is hashed, and reaches no event and no log. */
    record SetPassword(String account, String password) implements AccountCommand {
        @Override
        public String toString() {
            return "SetPassword[account=" + account + "]";
        }
    }

    /** Let whoever an identity provider knows by this identity sign in as the account, and nobody by one before. */
    record LinkIdentity(String account, Identity identity) implements AccountCommand {}

    /** Delete the key of the account's personal details and its credentials, for good. */
    record EraseAccount(String account, String reason) implements AccountCommand {}
}
