package io.promptaudit.command.account;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.PersonalDetails;
import io.promptaudit.command.trail.TrailDatabase;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Personal details, sealed with real keys in their real table on H2. */
class PersonalVaultTest {
    private static final String NAME = "Ada Lovelace \uD83E\uDDEE";
    private final TrailDatabase database = new TrailDatabase();
    private final PersonalVault vault = vault(1);

    private PersonalVault vault(int master) {
        byte[] key = new byte[32];
        key[0] = (byte) master;
        return new PersonalVault(database.client(), new SecretKeySpec(key, "AES"), JsonMapper.builder().build());
    }

    @BeforeEach
    void makeKeys() {
        vault.createKey("ada");
        vault.createKey("ben");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private AccountState account(@Nullable String personal) {
        return new AccountState("ada", AccountKind.PERSON, null, personal, Standing.OPEN, List.of(), List.of(), Map.of(),
                Map.of(), null);
    }

    private String sealed() {
        return vault.sealPerson("ada", NAME, null);
    }

    @Test
    void opensWhatItSealed() {
        String sealed = vault.seal(account(sealed()), "192.0.2.7", "curl/8");
        assertThat(vault.open("ada", sealed)).isEqualTo(new PersonalDetails(NAME, "192.0.2.7", "curl/8"));
    }

    @Test
    void opensWhatWasSealedBeforeARestart() {
        assertThat(vault(1).open("ada", sealed())).isEqualTo(new PersonalDetails(NAME, null, null));
    }

    @Test
    void sealsUnknownDetailsToo() {
        assertThat(vault.open("ada", vault.seal(account(null), null, null)))
                .isEqualTo(new PersonalDetails(null, null, null));
    }

    @Test
    void showsNothingOfTheDetails() {
        String sealed = sealed();
        assertThat(new String(Base64.getDecoder().decode(sealed), ISO_8859_1)).doesNotContain("Ada", "displayName");
    }

    @Test
    void neverSealsTwiceAlike() {
        assertThat(sealed()).isNotEqualTo(sealed());
    }

    @Test
    void opensNothingForAnotherAccount() {
        assertThat(vault.open("ben", sealed())).isNull();
    }

    @Test
    void opensNothingThatIsNothing() {
        assertThat(vault.open("ada", null)).isNull();
    }

    @Test
    void opensNothingOfAnUnknownAccount() {
        assertThat(vault.open("nobody", sealed())).isNull();
    }

    @Test
    void opensAndSealsNothingOnceTheKeyIsErased() {
        String sealed = sealed();
        vault.seal(account(sealed), "192.0.2.7", "curl/8");
        vault.eraseKey("ada");
        assertThat(vault.open("ada", sealed)).isNull();
        assertThat(vault.seal(account(sealed), "192.0.2.7", "curl/8")).isNull();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> vault.sealPerson("ada", NAME, null));
    }

    @Test
    void sealsTheNameOfThisMoment() {
        vault.seal(account(sealed()), "192.0.2.7", "curl/8");
        String married = vault.seal(account(vault.sealPerson("ada", "Ada King", null)), "192.0.2.7", "curl/8");
        assertThat(vault.open("ada", married)).isEqualTo(new PersonalDetails("Ada King", "192.0.2.7", "curl/8"));
    }

    @Test
    void leavesOthersTheirKeys() {
        String bens = vault.sealPerson("ben", "Ben", "ben@example.org");
        vault.eraseKey("ada");
        assertThat(vault.open("ben", bens)).isEqualTo(new PersonalDetails("Ben", "ben@example.org", null, null));
    }

    @Test
    void opensNothingOldUnderANewKey() {
        String sealed = sealed();
        vault.eraseKey("ada");
        vault.createKey("ada");
        assertThat(vault.open("ada", sealed)).isNull();
    }

    @Test
    void opensNothingThatWasAltered() {
        byte[] sealed = Base64.getDecoder().decode(sealed());
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertThat(vault.open("ada", Base64.getEncoder().encodeToString(altered))).as("byte %d", i).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "not base64!"})
    void opensNothingThatWasNeverSealed(String sealed) {
        assertThat(vault.open("ada", sealed)).isNull();
    }

    @Test
    void keepsKeysWrappedUnderTheMasterKey() {
        String sealed = sealed();
        assertThatExceptionOfType(PersonalVault.WrongMasterKey.class).isThrownBy(() -> vault(2).open("ada", sealed))
                .withMessage("the master key is not the one that wrapped the key of account ada");
    }

    @Test
    void doesNotTakeTheWrappedKeyOfAnother() {
        String sealed = sealed();
        database.asOwner("""
                update account_key set wrapped_key = (select wrapped_key from account_key where account_id = 'ben')
                where account_id = 'ada'""");
        assertThatExceptionOfType(PersonalVault.WrongMasterKey.class).isThrownBy(() -> vault.open("ada", sealed));
    }
}
