package io.promptaudit.server;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.command.account.Accounts;
import io.promptaudit.command.account.PersonalVault;
import io.promptaudit.command.trail.Attribution;
import io.promptaudit.command.trail.RefusedSignIns;
import io.promptaudit.command.trail.Sequence;
import io.promptaudit.command.trail.SignInRecorder;
import io.promptaudit.server.keys.MasterKey;
import io.promptaudit.server.security.StoredPlaces;
import io.promptaudit.server.security.Transport;
import io.promptaudit.server.sequence.TrailClock;

/** Wires what the door knows and remembers. */
@Configuration(proxyBeanMethods = false)
class DoorConfiguration {

    @Bean
    StoredPlaces knownPlaces(JdbcClient db, MasterKey master, TrailClock clock) {
        return new StoredPlaces(db, master.derive("known-places", "HmacSHA256"), clock);
    }

    @Bean
    Transport transport(ServerProperties server, PromptAuditProperties properties) {
        return new Transport(Ssl.isEnabled(server.getSsl()), properties.tlsTerminatedInFront(),
                server.getForwardHeadersStrategy() != ForwardHeadersStrategy.NONE);
    }

    @Bean
    SignInRecorder signInRecorder(EventStore store, TransactionManager transactions, Sequence sequence, Accounts accounts,
            Attribution attribution, PersonalVault vault) {
        return new RefusedSignIns(store, transactions, sequence, accounts, attribution, vault);
    }
}
