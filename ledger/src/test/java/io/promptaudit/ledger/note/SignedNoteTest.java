package io.promptaudit.ledger.note;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.encoding.Bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Notes, against published ones and malformed ones. */
class SignedNoteTest {
    // golang.org/x/mod/sumdb/note, example_test.go.
    private static final String NEUMANN_SIGNING_KEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String NEUMANN_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String NEUMANN_NOTE = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;
    // C2SP signed-note, section Example.
    private static final String EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private static final String EXAMPLE_NOTE = """
            This is an example message.

            \u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
            """;
    // A checkpoint of the Go checksum database, from the tests of FiloSottile/torchwood.
    private static final String GO_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
    private static final String GO_NOTE = """
            go.sum database tree
            35225469
            vt5T6GaLCXvyHFl9VUvvItR43XZxfLgftEcTyO3eJCQ=

            \u2014 sum.golang.org Az3grpukl5AXaVfYkLiDGORx/DN2nlcS5kZHR5uYOBV2KA2HgXpD+gu9HHONebHLAyaKbbTM75QTtPydhKCExixSfwQ=
            """;

    @Test
    void ofOthersAreVerified() {
        assertThat(verified(NEUMANN_NOTE, NEUMANN_KEY)).extracting(VerifierKey::toString).containsExactly(NEUMANN_KEY);
        assertThat(verified(EXAMPLE_NOTE, EXAMPLE_KEY)).extracting(VerifierKey::toString).containsExactly(EXAMPLE_KEY);
        assertThat(verified(GO_NOTE, GO_KEY)).extracting(VerifierKey::toString).containsExactly(GO_KEY);
    }

    @Test
    void areSignedByteForByteAsOthersSign() {
        Ed25519Signer signer = Ed25519Signer.parse(NEUMANN_SIGNING_KEY);
        assertThat(signer.key()).hasToString(NEUMANN_KEY);
        assertThat(signer.encode()).isEqualTo(NEUMANN_SIGNING_KEY);
        String text = NEUMANN_NOTE.substring(0, NEUMANN_NOTE.indexOf("\n\n") + 1);
        assertThat(new String(new SignedNote(text, List.of()).signedBy(signer).encode(), StandardCharsets.UTF_8))
                .isEqualTo(NEUMANN_NOTE);
    }

    @Test
    void areWrittenAsTheyWereRead() {
        for (String note : List.of(NEUMANN_NOTE, EXAMPLE_NOTE, GO_NOTE, "a\n\n\nb\n\n\u2014 n AAAAAAA=\n",
                "\n\n\u2014 n AAAAAAA=\n")) {
            assertThat(new String(parse(note).encode(), StandardCharsets.UTF_8)).isEqualTo(note);
        }
    }

    @Test
    void splitAtTheLastEmptyLine() {
        assertThat(parse("a\n\nb\n\n\u2014 n AAAAAAA=\n").text()).isEqualTo("a\n\nb\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n", "text", "text\n", "text\n\n", "text\u2014 n AAAAAAA=\n",
            "text\n\u2014 n AAAAAAA=\n",
            "text\n\n\u2014 n AAAAAAA=", "text\n\n\u2014 n AAAAAAA=\n\n", "text\n\n- n AAAAAAA=\n", "text\n\n\u2014n AAAAAAA=\n",
            "text\n\n\u2014 n  AAAAAAA=\n", "text\n\n\u2014  AAAAAAA=\n", "text\n\n\u2014 n AAAAAAA= \n",
            "text\n\n\u2014 n+m AAAAAAA=\n",
            "text\n\n\u2014 n\u00a0m AAAAAAA=\n", "text\n\n\u2014 n\u2003m AAAAAAA=\n", "text\n\n\u2014 n AAAA\n",
            "text\n\n\u2014 n AAAAAA==\n",
            "text\n\n\u2014 n AAAAAAA\n", "text\n\n\u2014 n AAAAAAB=\n", "te\u0000xt\n\n\u2014 n AAAAAAA=\n",
            "te\txt\n\n\u2014 n AAAAAAA=\n",
            "text\r\n\r\n\u2014 n AAAAAAA=\r\n", "text\n\n\u2014 n AAAAAAA=\ntext\n"})
    void areRefusedInAnyOtherForm(String note) {
        assertThatThrownBy(() -> parse(note)).isInstanceOf(MalformedInput.class);
    }

    @Test
    void sayWhichLineIsWrong() {
        assertThatThrownBy(() -> parse("one\ntwo\n\n\u2014 n AAAAAAA=\n\u2014 n AAAA\n"))
                .hasMessage("line 5: has no signature behind the key id");
    }

    @Test
    void areRefusedAboveTheirLimits() {
        String line = "\u2014 n AAAAAAA=\n";
        assertThat(parse("text\n\n" + line.repeat(100)).signatures()).hasSize(100);
        assertThatThrownBy(() -> parse("text\n\n" + line.repeat(101))).hasMessageContaining("more than 100");
        assertThatThrownBy(() -> parse("x".repeat(SignedNote.MAX_LENGTH) + "\n\n" + line)).hasMessageContaining("more than");
    }

    @Test
    void ignoreUnknownKeysAndDoNotForgiveKnownOnes() {
        Ed25519Signer one = Ed25519Signer.generate("one", new SecureRandom());
        Ed25519Signer two = Ed25519Signer.generate("two", new SecureRandom());
        Ed25519Signer namesake = Ed25519Signer.generate("one", new SecureRandom());
        SignedNote note = new SignedNote("text\n", List.of()).signedBy(namesake).signedBy(one).signedBy(two);
        assertThat(note.verify(List.of(NoteVerifier.ofText(one.key()))).keySet()).containsExactly(one.key());
        assertThat(note.verify(List.of())).isEmpty();

        var forged = new NoteSignature("two", two.key().id(), one.sign("text\n"));
        SignedNote spoilt = new SignedNote("text\n", List.of(note.signatures().get(1), forged));
        assertThat(spoilt.verify(List.of(NoteVerifier.ofText(one.key()))).keySet()).containsExactly(one.key());
        assertThatThrownBy(() -> spoilt.verify(List.of(NoteVerifier.ofText(one.key()), NoteVerifier.ofText(two.key()))))
                .isInstanceOf(VerificationFailed.class).hasMessageStartingWith("the signature by two+");
        var short31 = new NoteSignature("two", two.key().id(), Bytes.of(new byte[31]));
        assertThatThrownBy(() -> new SignedNote("text\n", List.of(short31)).verify(List.of(NoteVerifier.ofText(two.key()))))
                .isInstanceOf(VerificationFailed.class);
    }

    private static List<VerifierKey> verified(String note, String vkey) {
        return List.copyOf(parse(note).verify(List.of(NoteVerifier.ofText(VerifierKey.parse(vkey)))).keySet());
    }

    private static SignedNote parse(String note) {
        return SignedNote.parse(note.getBytes(StandardCharsets.UTF_8));
    }
}
