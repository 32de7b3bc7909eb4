package io.promptaudit.server.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

import org.springframework.stereotype.Component;

import io.promptaudit.api.Caller;
import io.promptaudit.command.account.KeyPair;
import io.promptaudit.command.account.SignIns;
import io.promptaudit.command.account.SignIns.SignIn;

/** Compares API keys with the hashes of their secrets. Those are random: a quick hash guards them, and there is none to guess. */
@Component
class KeyVerifier {
    private final SignIns signIns;

    KeyVerifier(SignIns signIns) {
        this.signIns = signIns;
    }

    /** Who presents both halves of a key; empty when they do not belong together. */
    Optional<Caller> verify(String publicKey, String secret) {
        byte[] presented = KeyPair.hash(secret).getBytes(StandardCharsets.US_ASCII);
        return used(signIns.byKey(publicKey)
                .filter(known -> MessageDigest.isEqual(known.hash().getBytes(StandardCharsets.US_ASCII), presented)));
    }

    /** Who presents this secret alone; empty when it is no key's. */
    Optional<Caller> verify(String secret) {
        return used(signIns.bySecret(KeyPair.hash(secret)));
    }

    private Optional<Caller> used(Optional<SignIn> known) {
        known.ifPresent(holder -> signIns.used(holder.caller()));
        return known.map(SignIn::caller);
    }
}
