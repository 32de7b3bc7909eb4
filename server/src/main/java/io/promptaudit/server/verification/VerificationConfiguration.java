package io.promptaudit.server.verification;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import io.promptaudit.command.trail.Alerts;
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.ledger.Seals;
import io.promptaudit.server.sequence.TrailClock;

/** Wires what verifies the ledger. */
@Configuration(proxyBeanMethods = false)
class VerificationConfiguration {

    @Bean
    LedgerVerifier ledgerVerifier(JdbcTemplate db, Seals seals, Alerts alerts, PromptAuditProperties properties,
            TrailClock clock) {
        var trail = new RecordedTrail(db);
        return new LedgerVerifier(() -> new Round(trail, seals, Pace.LOW), properties.ledger().verifyEvery(), alerts, clock);
    }

    /** Health calls it by this name. */
    @Bean("verification")
    VerificationHealth verificationHealth(LedgerVerifier verifier) {
        return new VerificationHealth(verifier);
    }
}
