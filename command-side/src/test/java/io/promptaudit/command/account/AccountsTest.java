package io.promptaudit.command.account;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.event.AccountClosed;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.AccountLocked;
import io.promptaudit.api.event.AccountUnlocked;
import io.promptaudit.api.event.DelegateAllowed;
import io.promptaudit.api.event.DelegateWithdrawn;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.GroupsChanged;
import io.promptaudit.api.event.KeyCreated;
import io.promptaudit.api.event.KeyRevoked;
import io.promptaudit.api.event.KeyRotated;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.command.trail.TrailDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Accounts as sign-in and decisions see them. */
class AccountsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<Grant> EDITOR = List.of(new Grant(Role.EDITOR, "clinical/**"));
    private static final List<Grant> DEPLOYER = List.of(new Grant(Role.DEPLOYER, "**", List.of("staging")));

    private Instant now = NOW;
    private final TrailDatabase database = new TrailDatabase();
    private final Credentials credentials = new Credentials(database.client(), password -> "hash of " + password);
    private final Keys keys = new Keys(database.client(), () -> now);
    private final EventStore store = EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
    private final Accounts accounts = new Accounts(store, credentials, keys, () -> now);
    private final Map<String, Long> next = new HashMap<>();

    @BeforeEach
    void createAccounts() {
        happened(new AccountCreated("ada", AccountKind.PERSON, null, "sealed", true, EDITOR));
        happened(new AccountCreated("bot", AccountKind.AGENT, "ada", "sealed", true, EDITOR));
        happened(new AccountCreated("ci", AccountKind.SERVICE, null, "sealed", true, DEPLOYER));
        happened(new DelegateAllowed("ada", "bot", null));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void happened(AccountEvent event) {
        long sequence = next.merge(event.account(), 0L, (before, _) -> before + 1);
        store.publish(new GenericDomainEventMessage<>("Account", "account:" + event.account(), sequence, event));
    }

    private static Caller presented(String account, @Nullable String onBehalfOf) {
        return new Caller(account, AccountKind.PERSON, onBehalfOf, List.of(), "password:" + account);
    }

    @Test
    void signInWithTheirPassword() {
        credentials.setPassword("ada", "secret");
        assertThat(accounts.byPassword("ada")).hasValueSatisfying(known -> {
            assertThat(known.hash()).isEqualTo("hash of secret");
            assertThat(known.caller()).isEqualTo(new Caller("ada", AccountKind.PERSON, null, List.of(), List.of(), List.of(),
                    "password:ada", NOW));
        });
    }

    @Test
    void areWhatTheyAreNow() {
        happened(new GrantsChanged("ada", DEPLOYER));
        happened(new PasswordSet("ada"));
        assertThat(accounts.current(presented("ada", null)))
                .contains(new Caller("ada", AccountKind.PERSON, null, DEPLOYER, "password:ada"));
    }

    @Test
    void mayAsAgentsNoMoreThanTheirPersonMay() {
        happened(new GrantsChanged("ada", DEPLOYER));
        assertThat(accounts.current(presented("bot", null))).contains(new Caller("bot", AccountKind.AGENT, "ada", EDITOR,
                List.of(DEPLOYER), List.of(), "password:bot", null));
    }

    private void assertRefused(Caller presented, Rule rule, String detail) {
        assertThat(accounts.current(presented)).isEmpty();
        assertThatExceptionOfType(CommandRejected.class).isThrownBy(() -> accounts.admit(presented)).withMessage(detail)
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo(rule));
    }

    @Test
    void actOnlyForWhoLetsThem() {
        assertThat(accounts.current(presented("bot", "ada"))).isPresent();
        for (String[] pair : new String[][]{{"bot", "ben"}, {"ada", "ben"}, {"ada", "ada"}, {"ci", "ada"}, {"ci", "nobody"}}) {
            assertRefused(presented(pair[0], pair[1]), Rule.NOT_A_DELEGATE,
                    "%2$s does not let %1$s act for them; only %2$s can allow it"
                            .formatted(pair[0], pair[1]));
        }
        happened(new DelegateAllowed("ada", "ci", NOW.plusSeconds(1)));
        assertThat(accounts.current(presented("ci", "ada"))).contains(new Caller("ci", AccountKind.SERVICE, "ada", DEPLOYER,
                List.of(EDITOR), List.of(), "password:ci", null));
        assertThat(accounts.current(presented("ci", null))).contains(
                new Caller("ci", AccountKind.SERVICE, null, DEPLOYER, "password:ci"));
        now = NOW.plusSeconds(1);
        assertThat(accounts.current(presented("ci", "ada"))).as("when the time is over").isEmpty();
        happened(new DelegateWithdrawn("ada", "bot"));
        assertThat(accounts.current(presented("bot", null))).as("once withdrawn").isEmpty();
    }

    @Test
    void belongOnBehalfOfAPersonToWhatBothBelongTo() {
        happened(new GroupsChanged("ada", List.of("board", "nurses")));
        assertThat(accounts.current(presented("ada", null))).get().extracting(Caller::groups)
                .isEqualTo(List.of("board", "nurses"));
        assertThat(accounts.current(presented("bot", null))).get().extracting(Caller::groups).isEqualTo(List.of());
        happened(new GroupsChanged("bot", List.of("bots", "nurses")));
        assertThat(accounts.current(presented("bot", null))).get().extracting(Caller::groups).isEqualTo(List.of("nurses"));
    }

    @Test
    void stopWhileLockedAndWithThemWhoActsForThem() {
        happened(new AccountLocked("ada", "lost her laptop"));
        assertRefused(presented("ada", null), Rule.ACCOUNT_LOCKED, "the account ada is locked; an admin can unlock it");
        assertRefused(presented("bot", null), Rule.ACCOUNT_LOCKED, "the account ada is locked; an admin can unlock it");
        happened(new AccountUnlocked("ada", "found it"));
        assertThat(accounts.current(presented("ada", null))).isPresent();
        assertThat(accounts.current(presented("bot", null))).isPresent();
    }

    @Test
    void stopOnceClosedAndWithThemWhoActsForThem() {
        happened(new AccountClosed("ada", "left"));
        assertRefused(presented("ada", null), Rule.ACCOUNT_CLOSED, "the account ada is closed");
        assertRefused(presented("bot", null), Rule.ACCOUNT_CLOSED, "the account ada is closed");
    }

    private static Caller withKey(String account, String key) {
        return new Caller(account, AccountKind.PERSON, null, List.of(), "key:" + key);
    }

    @Test
    void signInWithEitherHalfOfAKey() {
        keys.add("pk-1", "ada", "hash of a secret", "event-1");
        happened(new KeyCreated("ada", "pk-1", "laptop", null, null));
        var known = new SignIns.SignIn(withKey("ada", "pk-1"), "hash of a secret");
        assertThat(accounts.byKey("pk-1")).contains(known);
        assertThat(accounts.bySecret("hash of a secret")).contains(known);
        assertThat(accounts.admit(known.caller()))
                .isEqualTo(new Caller("ada", AccountKind.PERSON, null, EDITOR, "key:pk-1"));
        assertThat(accounts.byKey("pk-2")).isEmpty();
        assertThat(accounts.bySecret("another hash")).isEmpty();
    }

    @Test
    void mayWithAKeyNoMoreThanItMay() {
        var viewer = List.of(new Grant(Role.VIEWER, "clinical/intake"));
        happened(new KeyCreated("bot", "pk-1", "laptop", null, viewer));
        assertThat(accounts.current(withKey("bot", "pk-1"))).contains(new Caller("bot", AccountKind.AGENT, "ada", EDITOR,
                List.of(viewer, EDITOR), List.of(), "key:pk-1", null));
    }

    @Test
    void comeInWithNoKeyThatEnded() {
        String ended = "the key is revoked, or its time is over";
        assertRefused(withKey("ada", "pk-1"), Rule.KEY_ENDED, ended);
        happened(new KeyCreated("ada", "pk-1", "laptop", NOW.plusSeconds(10), null));
        assertThat(accounts.current(withKey("ada", "pk-1"))).isPresent();
        assertRefused(withKey("bot", "pk-1"), Rule.KEY_ENDED, ended);
        happened(new KeyRotated("ada", "pk-1", NOW.plusSeconds(5), "pk-2", null));
        now = NOW.plusSeconds(5);
        assertRefused(withKey("ada", "pk-1"), Rule.KEY_ENDED, ended);
        assertThat(accounts.current(withKey("ada", "pk-2"))).isPresent();
        happened(new KeyRevoked("ada", "pk-2"));
        assertRefused(withKey("ada", "pk-2"), Rule.KEY_ENDED, ended);
    }

    @Test
    void expireByThemselves() {
        happened(new KeyCreated("ada", "pk-1", "laptop", NOW.plusSeconds(10), null));
        now = NOW.plusSeconds(10);
        assertThat(accounts.current(withKey("ada", "pk-1"))).isEmpty();
    }

    @Test
    void doNotSignInWithoutAPassword() {
        assertThat(accounts.byPassword("bot")).isEmpty();
        assertThat(accounts.current(presented("bot", null))).isPresent();
    }

    @Test
    void areGoneOnceErasedButNeverFree() {
        credentials.setPassword("ada", "secret");
        happened(new AccountErased("ada", "retired"));
        assertThat(accounts.byPassword("ada")).isEmpty();
        assertThat(accounts.current(presented("ada", null))).isEmpty();
        assertThat(accounts.current(presented("bot", null))).as("her agent").isEmpty();
        assertThat(accounts.find("ada")).isPresent();
    }

    @Test
    void areNoneWhereNoneWereMade() {
        credentials.setPassword("ghost", "secret");
        assertThat(accounts.byPassword("ghost")).isEmpty();
        assertThat(accounts.find("ghost")).isEmpty();
    }
}
