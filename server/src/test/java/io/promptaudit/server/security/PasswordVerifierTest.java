package io.promptaudit.server.security;

import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordVerifierTest {
    private final CountingEncoder encoder = new CountingEncoder(new SecurityConfiguration().passwordEncoder());
    private final PasswordVerifier verifier = new PasswordVerifier(encoder);
    private final String hash = String.valueOf(encoder.encode("a first long password"));

    @Test
    void hashesWithArgon2idAsOwaspRecommends() {
        assertThat(hash).startsWith("{argon2id}$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void paysForARightPasswordOnce() {
        assertThat(verifier.verify("rhea", hash, "a first long password")).isTrue();
        assertThat(verifier.verify("rhea", hash, "a first long password")).isTrue();
        assertThat(encoder.comparisons.get()).isEqualTo(1);
    }

    @Test
    void knowsAPasswordHoweverItWasTyped() {
        String composed = String.valueOf(encoder.encode("caf\u00e9 au lait, s'il vous pla\u00eet"));
        assertThat(verifier.verify("rhea", composed, "cafe\u0301 au lait, s'il vous plai\u0302t")).isTrue();
        String apart = String.valueOf(encoder.encode("cafe\u0301 au lait, s'il vous plai\u0302t"));
        assertThat(verifier.verify("rhea", apart, "caf\u00e9 au lait, s'il vous pla\u00eet")).isTrue();
    }

    @Test
    void paysForEveryWrongPassword() {
        assertThat(verifier.verify("rhea", hash, "a first long password")).isTrue();
        assertThat(verifier.verify("rhea", hash, "a wrong long password")).isFalse();
        assertThat(verifier.verify("rhea", hash, "a wrong long password")).isFalse();
        assertThat(encoder.comparisons.get()).isEqualTo(3);
    }

    @Test
    void forgetsAPasswordWhoseHashChanged() {
        assertThat(verifier.verify("rhea", hash, "a first long password")).isTrue();
        String other = String.valueOf(encoder.encode("a second long password"));
        assertThat(verifier.verify("rhea", other, "a first long password")).isFalse();
        assertThat(verifier.verify("rhea", other, "a second long password")).isTrue();
    }

    @Test
    void takesNoAccountsPasswordForAnothers() {
        assertThat(verifier.verify("rhea", hash, "a first long password")).isTrue();
        String other = String.valueOf(encoder.encode("a second long password"));
        assertThat(verifier.verify("bob", other, "a first long password")).isFalse();
    }

    @Test
    void paysForUnknownAccountsToo() {
        verifier.verifyInVain("a first long password");
        verifier.verifyInVain("a first long password");
        assertThat(encoder.comparisons.get()).isEqualTo(2);
    }

    /** Counts what is slow. */
    private static final class CountingEncoder implements PasswordEncoder {
        private final PasswordEncoder encoder;
        private final AtomicInteger comparisons = new AtomicInteger();

        CountingEncoder(PasswordEncoder encoder) {
            this.encoder = encoder;
        }

        @Override
        public @Nullable String encode(@Nullable CharSequence password) {
            return encoder.encode(password);
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
            comparisons.incrementAndGet();
            return encoder.matches(password, hash);
        }
    }
}
