package io.promptaudit.command.account;

import java.util.Base64;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyPairTest {
    @Test
    void hasASecretOf256BitsThatNeedsNoEscaping() {
        var one = KeyPair.random();
        assertThat(one.publicKey()).matches("pk-[A-Za-z0-9_-]{22}");
        assertThat(one.secretKey()).matches("sk-[A-Za-z0-9_-]{43}");
        assertThat(Base64.getUrlDecoder().decode(one.secretKey().substring(3))).hasSize(32);
        assertThat(KeyPair.random()).isNotEqualTo(one);
    }

    /** NIST's example for SHA-256. */
    @Test
    void keepsTheSha256OfItsSecret() {
        assertThat(KeyPair.hash("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        var pair = KeyPair.random();
        assertThat(pair.secretHash()).isEqualTo(KeyPair.hash(pair.secretKey()));
    }

    @Test
    void showsItsSecretToNoLog() {
        var pair = KeyPair.random();
        assertThat(pair.toString()).contains(pair.publicKey()).doesNotContain(pair.secretKey(), pair.secretHash());
    }
}
