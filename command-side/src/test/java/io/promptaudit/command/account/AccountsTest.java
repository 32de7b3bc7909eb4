package io.promptaudit.command.account;

import java.util.List;

import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Role;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.command.account.SignIns.SignIn;
import io.promptaudit.command.trail.TrailDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/** Accounts as sign-in and decisions see them. */
class AccountsTest {
    private static final List<Grant> EDITOR = List.of(new Grant(Role.EDITOR, "clinical/**"));
    private static final List<Grant> DEPLOYER = List.of(new Grant(Role.DEPLOYER, "**", List.of("staging")));

    private final TrailDatabase database = new TrailDatabase();
    private final Credentials credentials = new Credentials(database.client(), password -> "hash of " + password);
    private final EventStore store = EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
    private final Accounts accounts = new Accounts(store, credentials);
    private long next;

    @BeforeEach
    void createAgent() {
        happened(new AccountCreated("bot", AccountKind.AGENT, "ada", "sealed", true, EDITOR));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void happened(AccountEvent event) {
        store.publish(new GenericDomainEventMessage<>("Account", "account:bot", next++, event));
    }

    @Test
    void signInWithWhatTheyAreNow() {
        credentials.setPassword("bot", "secret");
        happened(new GrantsChanged("bot", DEPLOYER));
        happened(new PasswordSet("bot"));
        assertThat(accounts.find("bot")).contains(new SignIn(
                new Caller("bot", AccountKind.AGENT, "ada", DEPLOYER, "password:bot"), "hash of secret"));
    }

    @Test
    void doNotSignInWithoutAPassword() {
        assertThat(accounts.find("bot")).isEmpty();
        assertThat(accounts.active("bot")).isPresent();
    }

    @Test
    void areGoneOnceErasedButNeverFree() {
        credentials.setPassword("bot", "secret");
        happened(new AccountErased("bot", "retired"));
        assertThat(accounts.find("bot")).isEmpty();
        assertThat(accounts.active("bot")).isEmpty();
        assertThat(accounts.everExisted("bot")).isTrue();
    }

    @Test
    void areNoneWhereNoneWereMade() {
        credentials.setPassword("ghost", "secret");
        assertThat(accounts.find("ghost")).isEmpty();
        assertThat(accounts.everExisted("ghost")).isFalse();
    }
}
