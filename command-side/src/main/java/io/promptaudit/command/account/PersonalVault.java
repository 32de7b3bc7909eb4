package io.promptaudit.command.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.PersonalDetails;

/**
 * Seals personal details under a key of the account's own (AES-256-GCM, NIST SP 800-38D; a random 96-bit nonce before the
 * ciphertext, the account's id as associated data). The keys lie wrapped under the master key in the one table that may
 * forget: deleting a row erases the person from every event, and changes no stored byte of them.
 */
public final class PersonalVault implements PersonalDetails.Vault {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final JdbcClient db;
    private final SecretKey master;
    private final JsonMapper json;
    private final SecureRandom random = new SecureRandom();
    /** For sealing only: what an erased account's key still seals for a moment can never be opened. */
    private final Cache<String, SealingKey> sealing = Caffeine.newBuilder().maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1)).build();

    private record SealingKey(SecretKey key, @Nullable String personal, @Nullable String displayName) {}

    /** Keeps the wrapped keys in the table {@code account_key}. */
    public PersonalVault(JdbcClient db, SecretKey master, JsonMapper json) {
        this.db = db;
        this.master = master;
        this.json = json;
    }

    /**
     * Makes sure, at the start, that the keys here were wrapped under this master key.
     *
     * @throws WrongMasterKey when they were not
     */
    public void requireMaster() {
        db.sql("select account_id, wrapped_key from account_key order by account_id limit 1")
                .query((row, _) -> unwrap(row.getString(1), row.getString(2))).optional();
    }

    /** The master key is not the one that wrapped the accounts' keys. */
    public static class WrongMasterKey extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongMasterKey(String account, Throwable cause) {
            super("the master key is not the one that wrapped the key of account " + account, cause);
        }
    }

    /** Makes the account's key, in the transaction that creates the account. */
    void createKey(String account) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        db.sql("insert into account_key (account_id, wrapped_key) values (?, ?)")
                .params(account, encode(encrypt(master, account, key))).update();
    }

    /** Forgets the account's key, for good. */
    void eraseKey(String account) {
        db.sql("delete from account_key where account_id = ?").param(account).update();
        sealing.invalidate(account);
    }

    /**
     * What is known of the account's person, sealed.
     *
     * @throws IllegalStateException when the account has no key (any more)
     */
    String sealPerson(String account, @Nullable String displayName, @Nullable String contact) {
        SecretKey key = key(account).orElseThrow(() -> new IllegalStateException("no key of account " + account));
        return seal(key, account, new PersonalDetails(displayName, contact, null, null));
    }

    /** What is known of the person in this request, sealed; null when the account has no key (any more). */
    public @Nullable String seal(AccountState account, @Nullable String address, @Nullable String userAgent) {
        SealingKey known = sealing.getIfPresent(account.account());
        if (known == null || !Objects.equals(known.personal(), account.personal())) {
            SecretKey key = key(account.account()).orElse(null);
            if (key == null) {
                return null;
            }
            known = new SealingKey(key, account.personal(), displayName(account, key));
            sealing.put(account.account(), known);
        }
        return seal(known.key(), account.account(), new PersonalDetails(known.displayName(), address, userAgent));
    }

    private @Nullable String displayName(AccountState account, SecretKey key) {
        String sealed = account.personal();
        PersonalDetails details = sealed == null ? null : details(account.account(), sealed, key);
        return details == null ? null : details.displayName();
    }

    private String seal(SecretKey key, String account, PersonalDetails details) {
        return encode(encrypt(key, account, json.writeValueAsBytes(details)));
    }

    @Override
    public @Nullable PersonalDetails open(String account, @Nullable String sealed) {
        if (sealed == null) {
            return null;
        }
        return key(account).map(key -> details(account, sealed, key)).orElse(null);
    }

    private @Nullable PersonalDetails details(String account, String sealed, SecretKey key) {
        try {
            return json.readValue(decrypt(key, account, Base64.getDecoder().decode(sealed)), PersonalDetails.class);
        } catch (AEADBadTagException | JacksonException | IllegalArgumentException e) {
            // Sealed under another key or altered: the ledger tells which, a reader just sees no details.
            return null;
        }
    }

    private Optional<SecretKey> key(String account) {
        return db.sql("select wrapped_key from account_key where account_id = ?").param(account).query(String.class).optional()
                .map(wrapped -> unwrap(account, wrapped));
    }

    private SecretKey unwrap(String account, String wrapped) {
        try {
            return new SecretKeySpec(decrypt(master, account, Base64.getDecoder().decode(wrapped)), "AES");
        } catch (AEADBadTagException e) {
            throw new WrongMasterKey(account, e);
        }
    }

    private byte[] encrypt(SecretKey key, String account, byte[] plain) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, account).doFinal(plain);
            return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private static byte[] decrypt(SecretKey key, String account, byte[] sealed) throws AEADBadTagException {
        if (sealed.length < NONCE_BYTES) {
            throw new AEADBadTagException("too short");
        }
        try {
            byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, key, nonce, account).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String account) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
