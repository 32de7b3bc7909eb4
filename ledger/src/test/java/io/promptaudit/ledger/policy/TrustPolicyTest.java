package io.promptaudit.ledger.policy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.TestLog;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.checkpoint.Cosigner;
import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.NoteSignature;
import io.promptaudit.ledger.note.SignatureType;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.tree.TreeHasher;

import static io.promptaudit.ledger.tree.TreeHasher.EMPTY_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrustPolicyTest {
    private final TestLog log = new TestLog();
    private final List<Cosigner> cosigners = IntStream.rangeClosed(1, 6)
            .mapToObj(i -> TestLog.cosigner("w" + i + ".example", SignatureType.ED25519_COSIGNATURE)).toList();
    private final String example = """
            # two organisations
            log %s https://log.example/

            witness X1 %s
            witness X2 %s https://x2.example/
              witness\tX3  %s\t
            group X-witnesses 2 X1 X2 X3

            witness Y1 %s
            witness Y2 %s
            witness Y3 %s
            group Y-witnesses any Y1 Y2 Y3

            group X-and-Y all X-witnesses Y-witnesses
            quorum X-and-Y
            """.formatted(Stream.concat(Stream.of(log.signer()), cosigners.stream()).map(signer -> signer.key()).toArray());

    @ParameterizedTest
    @CsvSource({"124, true", "134, true", "12345, true", "235, true", "14, false", "12, false", "456, false", "'', false"})
    void countsWitnessesAsTheExampleOfTheSpecificationDoes(String signing, boolean enough) {
        TrustPolicy policy = policy(example);
        assertThat(policy.logs()).hasSize(1);
        assertThat(policy.witnesses()).hasSize(6);
        SignedNote note = log.signed(0, EMPTY_ROOT);
        for (int i = 0; i < signing.length(); i++) {
            note = note.signedBy(cosigners.get(signing.charAt(i) - '1'));
        }
        SignedNote signed = note;
        if (enough) {
            TrustedCheckpoint trusted = policy.verify(signed);
            assertThat(trusted.checkpoint()).isEqualTo(new Checkpoint(TestLog.ORIGIN, 0, EMPTY_ROOT));
            assertThat(trusted.logKeys()).containsExactly(log.signer().key());
            assertThat(trusted.witnesses()).hasSize(signing.length()).containsValue(TestLog.NOW);
        } else {
            assertThatThrownBy(() -> policy.verify(signed)).isInstanceOf(MissingEvidence.class);
        }
    }

    @Test
    void believesNoLogThatItDoesNotList() {
        TrustPolicy policy = new TestLog().policy();
        assertThatThrownBy(() -> policy.verify(log.signed(0, EMPTY_ROOT))).isInstanceOf(VerificationFailed.class)
                .hasMessageStartingWith("no log of the policy signed the checkpoint of log.example/ledger");
    }

    @Test
    void believesALogUnderItsOwnOriginOnly() {
        SignedNote foreign = new SignedNote("other.example\n0\n" + TreeHasher.EMPTY_ROOT + "\n", List.of())
                .signedBy(log.signer());
        assertThatThrownBy(() -> log.policy().verify(foreign)).isInstanceOf(VerificationFailed.class)
                .hasMessageContaining("other.example");
    }

    @Test
    void believesOldAndNewKeysOfALog() {
        Ed25519Signer rotated = Ed25519Signer.generate(TestLog.ORIGIN, new SecureRandom());
        Cosigner lattice = TestLog.cosigner(TestLog.ORIGIN, SignatureType.ML_DSA_44_COSIGNATURE);
        TrustPolicy policy = policy(
                "log %s\nlog %s\nlog %s\nquorum none\n".formatted(log.signer().key(), rotated.key(), lattice.key()));
        SignedNote text = new SignedNote(new Checkpoint(TestLog.ORIGIN, 0, EMPTY_ROOT).text(), List.of());
        assertThat(policy.verify(text.signedBy(rotated)).logKeys()).containsExactly(rotated.key());
        assertThat(policy.verify(text.signedBy(lattice)).logKeys()).containsExactly(lattice.key());
        assertThat(policy.verify(log.signed(0, EMPTY_ROOT).signedBy(lattice)).logKeys())
                .containsExactlyInAnyOrder(log.signer().key(), lattice.key());
    }

    @Test
    void forgivesNoBadSignatureOfAWitnessItKnows() {
        SignedNote note = log.cosigned(5, EMPTY_ROOT);
        var signatures = new ArrayList<NoteSignature>(log.signed(6, EMPTY_ROOT).signatures());
        signatures.add(note.signatures().get(1));
        SignedNote spoilt = new SignedNote(new Checkpoint(TestLog.ORIGIN, 6, EMPTY_ROOT).text(), signatures);
        assertThat(log.policy().verify(spoilt).checkpoint().size()).isEqualTo(6);
        assertThatThrownBy(() -> log.policyWithWitness().verify(spoilt)).isInstanceOf(VerificationFailed.class)
                .hasMessageContaining("witness.example/w");
    }

    @Test
    void isRefusedInAnyOtherForm() {
        String key = log.signer().key().toString();
        String cosigner = cosigners.getFirst().key().toString();
        for (String[] wrong : new String[][]{{"", "policy: has no quorum line"},
                {"quorum none", "policy: its last line does not end"},
                {"quorum none\nquorum none\n", "policy, line 2: is a second quorum line"},
                {"quorum w\n", "policy, line 1: has a name that no line before defines"},
                {"quorum none extra\n", "policy, line 1: does not have the items of a quorum"},
                {"log\nquorum none\n", "policy, line 1: does not have the items of a log"},
                {"log " + cosigner + "\nquorum none\n", "policy, line 1: a key of the type ED25519_COSIGNATURE is not for this"},
                {"witness w " + key + "\nquorum none\n", "policy, line 1: a key of the type ED25519 is not for this"},
                {"log " + key.substring(1) + "\nquorum none\n", "policy, line 1: verifier key: has the id"},
                {"log " + key + "\nlog " + key + "\nquorum none\n", "policy, line 2: has the public key of a line before"},
                {"witness none " + cosigner + "\nquorum none\n", "policy, line 1: none cannot be defined"},
                {"witness w " + cosigner + "\ngroup w any w\nquorum w\n", "policy, line 2: defines a name again"},
                {"witness w " + cosigner + "\ngroup g any w w\nquorum g\n",
                        "policy, line 2: has a member that is already in a group"},
                {"witness w " + cosigner + "\ngroup g any w\ngroup h any w\nquorum h\n", "policy, line 3: has a member"},
                {"witness w " + cosigner + "\ngroup g 0 w\nquorum g\n",
                        "policy, line 2: its threshold is not any, all or from 1 to 1"},
                {"witness w " + cosigner + "\ngroup g 2 w\nquorum g\n", "policy, line 2: its threshold"},
                {"witness w " + cosigner + "\ngroup g 01 w\nquorum g\n", "policy, line 2: its threshold"},
                {"group g any none\nquorum none\n", "policy, line 1: has a name that no line before defines"},
                {"group g any\nquorum none\n", "policy, line 1: does not have the items of a group"},
                {"group g any g\nquorum none\n", "policy, line 1: has a name that no line before defines"},
                {"logs " + key + "\nquorum none\n", "policy, line 1: is neither"},
                {"quorum none\r\n", "policy, line 1: has a control character"},
                {"quorum\u000bnone\n", "policy, line 1: has a control character"}}) {
            assertThatThrownBy(() -> policy(wrong[0])).as(wrong[0]).isInstanceOf(MalformedInput.class)
                    .hasMessageStartingWith(wrong[1]);
        }
    }

    @Test
    void comparesNamesOctetByOctet() {
        String kelvin = "witness \u212A " + cosigners.getFirst().key() + "\nquorum ";
        assertThat(policy(kelvin + "\u212A\n").witnesses()).hasSize(1);
        assertThatThrownBy(() -> policy(kelvin + "K\n")).isInstanceOf(MalformedInput.class);
    }

    @Test
    void isReadWithTheLargestNumbersThatTheSpecificationAsksFor() {
        var file = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            file.append("log ").append(Ed25519Signer.generate("l" + i, new SecureRandom()).key()).append('\n');
            file.append("witness w%d %s%n".formatted(i, TestLog.cosigner("w" + i, SignatureType.ED25519_COSIGNATURE).key()));
            file.append("group g%d 1 w%d%s%n".formatted(i, i, i == 0 ? "" : " g" + (i - 1)));
        }
        assertThat(policy(file + "quorum g31\n").witnesses()).hasSize(32);
    }

    private static TrustPolicy policy(String file) {
        return TrustPolicy.parse(file.getBytes(StandardCharsets.UTF_8));
    }
}
