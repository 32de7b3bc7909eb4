package io.promptaudit.server.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Role;
import io.promptaudit.command.account.SignIns;

/** Accounts in memory. */
class MemorySignIns implements SignIns {
    private final Map<String, SignIn> accounts = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    void put(String account, @Nullable String passwordHash) {
        var caller = new Caller(account, AccountKind.PERSON, null, List.of(new Grant(Role.EDITOR, Grant.EVERY_PROMPT)),
                "password:" + account);
        accounts.put(account, new SignIn(caller, String.valueOf(passwordHash)));
    }

    void remove(String account) {
        accounts.remove(account);
    }

    void failOnce(RuntimeException planned) {
        failure.set(planned);
    }

    @Override
    public Optional<SignIn> byPassword(String account) {
        RuntimeException planned = failure.getAndSet(null);
        if (planned != null) {
            throw planned;
        }
        return Optional.ofNullable(accounts.get(account));
    }

    @Override
    public Caller admit(Caller presented) {
        return presented;
    }

    @Override
    public Optional<SignIn> byKey(String publicKey) {
        return Optional.empty();
    }

    @Override
    public Optional<SignIn> bySecret(String secretHash) {
        return Optional.empty();
    }

    @Override
    public void used(Caller holder) {}
}
