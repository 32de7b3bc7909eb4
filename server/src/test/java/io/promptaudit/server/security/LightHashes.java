package io.promptaudit.server.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Argon2id as the server has it, with little memory: tests make hundreds of accounts, and the packaged jar is tried with all of it. */
public class LightHashes {
    private static final int KIB = 64;

    /** Only Spring needs one. */
    public LightHashes() {}

    @Bean
    @Primary
    PasswordEncoder lightPasswordEncoder() {
        return SecurityConfiguration.argon2id(KIB, 1);
    }
}
