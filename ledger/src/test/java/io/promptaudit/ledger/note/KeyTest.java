package io.promptaudit.ledger.note;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.Bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyTest {
    private static final String KEY = "AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    @ParameterizedTest
    @EnumSource
    void ofEveryTypeIsReadAsItIsWritten(SignatureType type) throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(type.algorithm().jcaName()).generateKeyPair();
        var key = new VerifierKey("a.example/log", type, type.algorithm().raw(pair.getPublic()));
        assertThat(VerifierKey.parse(key.toString())).isEqualTo(key);

        byte[] message = {1, 2, 3};
        byte[] signature = type.algorithm().sign(pair.getPrivate(), message);
        assertThat(signature).hasSize(type.algorithm().signatureLength());
        var publicKey = type.algorithm().publicKey(key.publicKey());
        assertThat(type.algorithm().verify(publicKey, message, signature)).isTrue();
        signature[7] ^= 1;
        assertThat(type.algorithm().verify(publicKey, message, signature)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.com/foo", "example.com/foo+530d903a", "example.com/foo+530d903b+" + KEY,
            "example.com/foo+530D903A+" + KEY, "example.com/foo+30d903a+" + KEY, "+530d903a+" + KEY,
            "example.com/bar+530d903a+" + KEY,
            "example.com foo+530d903a+" + KEY, "example.com/foo+530d903a+" + KEY + "\n", "example.com/foo+530d903a+",
            "example.com/foo+530d903a+AQ==", "example.com/foo+530d903a+/+kyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"})
    void isRefusedInAnyOtherForm(String vkey) {
        assertThatThrownBy(() -> VerifierKey.parse(vkey)).isInstanceOf(MalformedInput.class);
    }

    @Test
    void hasAnotherIdForAnotherType() {
        var raw = Bytes.of(new byte[32]);
        assertThat(new VerifierKey("a", SignatureType.ED25519, raw).id())
                .isNotEqualTo(new VerifierKey("a", SignatureType.ED25519_COSIGNATURE, raw).id());
    }

    @Test
    void thatSignsIsReadStrictlyAndNeverShown() {
        String skey = Ed25519Signer.generate("a.example/log", new SecureRandom()).encode();
        // Base64 has a + too.
        String secret = skey.split("\\+", 5)[4];
        for (String wrong : new String[]{"", "PRIVATE+KEY+", skey.substring(1), skey.replace("a.example", "b.example"),
                skey.substring(0, skey.length() - 4), "PRIVATE+KEY+a+00000000+AQ=="}) {
            assertThatThrownBy(() -> Ed25519Signer.parse(wrong)).isInstanceOf(MalformedInput.class)
                    .hasMessageNotContaining(secret.substring(0, 40));
        }
    }

    @Test
    void ofAnotherAlgorithmIsRefused() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        assertThatThrownBy(() -> SignatureAlgorithm.ED25519.raw(pair.getPublic())).isInstanceOf(IllegalArgumentException.class);
    }
}
