package io.promptaudit.ledger.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.note.NoteSignature;
import io.promptaudit.ledger.note.NoteVerifier;
import io.promptaudit.ledger.note.SignatureType;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.note.VerifierKey;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.TreeHasher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CheckpointTest {
    private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void isReadAsItIsWritten() {
        String text = "example.com/behind-the-sofa\n20852163\n" + ROOT + "\n";
        Checkpoint checkpoint = Checkpoint.parse(text);
        assertThat(checkpoint).isEqualTo(new Checkpoint("example.com/behind-the-sofa", 20852163, Hash.ofBase64(ROOT, "root")));
        assertThat(checkpoint.text()).isEqualTo(text);
        assertThat(Checkpoint.parse(text + "more\n").extensions()).containsExactly("more");
        assertThat(new Checkpoint("o", -1, TreeHasher.EMPTY_ROOT).text())
                .isEqualTo("o\n18446744073709551615\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "o\n1\n", "o\n1\n" + ROOT, "\n1\n" + ROOT + "\n", "o\n01\n" + ROOT + "\n",
            "o\n-1\n" + ROOT + "\n",
            "o\n18446744073709551616\n" + ROOT + "\n", "o\n\n" + ROOT + "\n", "o\n1\nAAAA\n", "o\n1\n\n",
            "o\n1\n" + ROOT + "\n\n",
            "o\n1\n" + ROOT + "\n\nx\n", "o\n1 \n" + ROOT + "\n", "o\r\n1\r\n" + ROOT + "\r\n"})
    void isRefusedInAnyOtherForm(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(MalformedInput.class);
    }

    @Test
    void cosignedByOthersIsVerified() {
        SignedNote note = SignedNote.parse(resource("cosigned.checkpoint"));
        List<VerifierKey> keys = new String(resource("cosigned.vkeys"), StandardCharsets.UTF_8).lines().map(VerifierKey::parse)
                .toList();
        assertThat(keys).extracting(VerifierKey::type).containsExactly(SignatureType.values());
        var signed = note.verify(verifiers(keys));
        assertThat(signed.keySet()).containsExactlyElementsOf(keys);
        for (VerifierKey cosigner : keys.subList(1, 3)) {
            assertThat(CheckpointVerifier.time(requireNonNull(signed.get(cosigner))))
                    .isEqualTo(Instant.ofEpochSecond(1679315147));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ED25519")
    void cosignedBindsItsTextItsTimeAndItsCosigner(SignatureType type) throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(type.algorithm().jcaName()).generateKeyPair();
        var key = new VerifierKey("witness", type, type.algorithm().raw(pair.getPublic()));
        var cosigner = new Cosigner(key, pair.getPrivate(), InstantSource.fixed(NOW));
        SignedNote note = new SignedNote(new Checkpoint("o", 5, TreeHasher.EMPTY_ROOT).text(), List.of()).signedBy(cosigner);
        NoteSignature signature = note.signatures().getFirst();
        assertThat(note.verify(verifiers(List.of(key))).keySet()).containsExactly(key);
        assertThat(CheckpointVerifier.time(signature)).isEqualTo(NOW);

        for (String other : List.of("p\n5\n", "o\n6\n")) {
            String text = other + TreeHasher.EMPTY_ROOT + "\n";
            assertRefused(new SignedNote(text, List.of(signature)), key);
        }
        assertRefused(new SignedNote("o\n5\n" + ROOT + "\n", List.of(signature)), key);
        assertRefused(new SignedNote("no checkpoint\n", List.of(signature)), key);
        byte[] later = signature.signature().toArray();
        later[7]++;
        assertRefused(signed(note, key, later), key);
        assertRefused(signed(note, key, new byte[8]), key);
        byte[] beyond = signature.signature().toArray();
        beyond[0] = (byte) 0x80;
        assertRefused(signed(note, key, beyond), key);
        var beyondAll = new NoteSignature(key.name(), key.id(), Bytes.of(beyond));
        assertThatThrownBy(() -> CheckpointVerifier.time(beyondAll)).isInstanceOf(MalformedInput.class)
                .hasMessage("cosignature: its time is not within 2^63 - 1 seconds");
    }

    @Test
    void cosignedWithMlDsaBindsTheNameToo() throws GeneralSecurityException {
        SignatureType type = SignatureType.ML_DSA_44_COSIGNATURE;
        KeyPair pair = KeyPairGenerator.getInstance(type.algorithm().jcaName()).generateKeyPair();
        var one = new VerifierKey("one", type, type.algorithm().raw(pair.getPublic()));
        var two = new VerifierKey("two", type, one.publicKey());
        SignedNote note = new SignedNote("o\n5\n" + ROOT + "\n", List.of())
                .signedBy(new Cosigner(one, pair.getPrivate(), InstantSource.fixed(NOW)));
        assertRefused(signed(note, two, note.signatures().getFirst().signature().toArray()), two);
        var tooLong = new Cosigner(new VerifierKey("n".repeat(256), type, one.publicKey()), pair.getPrivate(),
                InstantSource.fixed(NOW));
        assertThatThrownBy(() -> tooLong.sign(note.text())).isInstanceOf(MalformedInput.class);
    }

    private static SignedNote signed(SignedNote note, VerifierKey key, byte[] signature) {
        return new SignedNote(note.text(), List.of(new NoteSignature(key.name(), key.id(), Bytes.of(signature))));
    }

    private static void assertRefused(SignedNote note, VerifierKey key) {
        assertThatThrownBy(() -> note.verify(verifiers(List.of(key)))).isInstanceOf(VerificationFailed.class);
    }

    private static List<NoteVerifier> verifiers(List<VerifierKey> keys) {
        return keys.stream().map(CheckpointVerifier::of).toList();
    }

    private static byte[] resource(String name) {
        try (InputStream file = requireNonNull(CheckpointTest.class.getResourceAsStream(name))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
