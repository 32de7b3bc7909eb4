package io.promptaudit.server.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

import io.promptaudit.command.validation.Passwords;

/** Hashes and compares passwords in one form, whichever of Unicode's forms a keyboard makes (NIST SP 800-63B-4, 3.1.1.2). */
class NormalisingEncoder implements PasswordEncoder {
    private final PasswordEncoder encoder;

    NormalisingEncoder(PasswordEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        return encoder.encode(password == null ? null : Passwords.normalised(password));
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        return encoder.matches(password == null ? null : Passwords.normalised(password), hash);
    }
}
