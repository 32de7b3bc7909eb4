package io.promptaudit.command.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Identity;
import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.PersonalDetails;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.command.AccountCommand;
import io.promptaudit.api.command.AccountCommand.AllowDelegate;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.ChangeGroups;
import io.promptaudit.api.command.AccountCommand.CloseAccount;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.AccountCommand.CreateKey;
import io.promptaudit.api.command.AccountCommand.DescribeAccount;
import io.promptaudit.api.command.AccountCommand.EraseAccount;
import io.promptaudit.api.command.AccountCommand.LinkIdentity;
import io.promptaudit.api.command.AccountCommand.LockAccount;
import io.promptaudit.api.command.AccountCommand.RevokeKey;
import io.promptaudit.api.command.AccountCommand.RotateKey;
import io.promptaudit.api.command.AccountCommand.SetPassword;
import io.promptaudit.api.command.AccountCommand.UnlockAccount;
import io.promptaudit.api.command.AccountCommand.WithdrawDelegate;
import io.promptaudit.api.event.AccountClosed;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountDescribed;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.AccountLocked;
import io.promptaudit.api.event.AccountUnlocked;
import io.promptaudit.api.event.DelegateAllowed;
import io.promptaudit.api.event.DelegateWithdrawn;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.GroupsChanged;
import io.promptaudit.api.event.IdentityLinked;
import io.promptaudit.api.event.KeyCreated;
import io.promptaudit.api.event.KeyRevoked;
import io.promptaudit.api.event.KeyRotated;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.command.change.FourEyes;
import io.promptaudit.command.trail.Decided;
import io.promptaudit.command.trail.TrailDatabase;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/** One account, with the real tables of keys and credentials on H2. */
class AccountTest {
    private static final String PASSWORD = "correct horse battery";
    private static final List<Grant> ADMIN = List.of(new Grant(Role.ADMIN, "**"));
    private static final List<Grant> EDITOR = List.of(new Grant(Role.EDITOR, "clinical/**"));
    private static final String TAKEN = "the account exists or existed, perhaps in other letter case; its id is never used again";
    private static final String CLOSED = "the account is closed for good";
    private static final String LAST = "no other account that can sign in is an admin";
    private static final String ERASED = "the account's person and credentials were erased";

    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

    private final TrailDatabase database = new TrailDatabase();
    private final PersonalVault vault = new PersonalVault(database.client(), new SecretKeySpec(new byte[32], "AES"),
            JsonMapper.builder().build());
    private final Credentials credentials = new Credentials(database.client(), password -> "hash of " + password.length());
    private final Keys keys = new Keys(database.client(), NOW);
    /** Where the other accounts are. */
    private final EventStore others = EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
    private final AggregateTestFixture<Account> account = new AggregateTestFixture<>(Account.class);
    private @Nullable Object answer;
    private @Nullable Throwable failure;

    AccountTest() {
        var accounts = new Accounts(others, credentials, keys, NOW);
        var admins = new Admins(database.client(), accounts);
        account.registerInjectableResource(vault).registerInjectableResource(credentials).registerInjectableResource(accounts)
                .registerInjectableResource(keys)
                .registerInjectableResource(admins).registerInjectableResource(new FourEyes(admins, true))
                .registerInjectableResource(NOW).registerInjectableResource(new AccountNames(database.client()))
                .registerInjectableResource(new Identities(database.client(), accounts));
        account.registerCommandHandlerInterceptor((unitOfWork, chain) -> {
            try {
                answer = chain.proceed();
                return answer;
            } catch (Exception e) {
                failure = e;
                throw e;
            }
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    private AccountCreated ada(List<Grant> grants) {
        account.andGivenCommands(new CreateAccount("ada", "The editor", AccountKind.PERSON, null, PASSWORD, grants));
        return (AccountCreated) lastEvent();
    }

    private void records(AccountCommand command, AccountEvent event) {
        account.when(command).expectSuccessfulHandlerExecution().expectEvents(event);
        assertThat(answer).isEqualTo(Decided.event(lastEventId()));
    }

    private void refuses(AccountCommand command, Rule rule, String detail) {
        account.when(command).expectNoEvents().expectException(CommandRejected.class);
        assertThat(failure).asInstanceOf(type(CommandRejected.class)).satisfies(rejected -> {
            assertThat(rejected.rule()).isEqualTo(rule);
            assertThat(rejected).hasMessage(detail);
        });
    }

    private Object lastEvent() {
        Object last = "";
        var events = account.getEventStore().readEvents("account:ada");
        while (events.hasNext()) {
            last = events.next().getPayload();
        }
        return last;
    }

    private String lastEventId() {
        String last = "";
        var events = account.getEventStore().readEvents("account:ada");
        while (events.hasNext()) {
            last = events.next().getIdentifier();
        }
        return last;
    }

    /** Another account beside the one under test. */
    private void bob(List<Grant> grants, boolean password) {
        happened(0, new AccountCreated("bob", AccountKind.PERSON, null, null, password, grants));
        if (password) {
            credentials.setPassword("bob", PASSWORD);
        }
    }

    private void happened(long sequence, AccountEvent event) {
        others.publish(new GenericDomainEventMessage<>("Account", "account:bob", sequence, event));
    }

    @Nested
    class Creating {
        private final CreateAccount create = new CreateAccount("ada", "The editor", AccountKind.PERSON, null, PASSWORD,
                EDITOR);

        @Test
        void sealsTheNameUnderTheAccountsOwnKey() {
            account.givenNoPriorActivity().when(create).expectSuccessfulHandlerExecution();
            var created = (AccountCreated) lastEvent();
            String sealed = requireNonNull(created.personal());
            assertThat(created)
                    .isEqualTo(new AccountCreated("ada", AccountKind.PERSON, null, sealed, true, EDITOR));
            assertThat(created.toString()).doesNotContain("Lovelace", PASSWORD);
            assertThat(vault.open("ada", sealed)).isEqualTo(new PersonalDetails("The editor", null, null));
            assertThat(answer).isEqualTo(Decided.event(lastEventId()));
        }

        @Test
        void keepsThePasswordAsAHash() {
            account.givenNoPriorActivity().when(create).expectSuccessfulHandlerExecution();
            assertThat(credentials.passwordHash("ada")).contains("hash of " + PASSWORD.length());
        }

        @Test
        void needsNoPassword() {
            account.givenNoPriorActivity()
                    .when(new CreateAccount("ada", "Ada's agent", AccountKind.AGENT, "ada-herself", null, List.of()))
                    .expectSuccessfulHandlerExecution();
            assertThat(((AccountCreated) lastEvent()).password()).isFalse();
            assertThat(((AccountCreated) lastEvent()).actsFor()).isEqualTo("ada-herself");
            assertThat(credentials.passwordHash("ada")).isEmpty();
        }

        @Test
        void isRefusedWhenTheIdIsTaken() {
            ada(EDITOR);
            refuses(new CreateAccount("ada", "Somebody", AccountKind.PERSON, null, "another password", ADMIN),
                    Rule.ACCOUNT_EXISTS, TAKEN);
            assertThat(credentials.passwordHash("ada")).contains("hash of " + PASSWORD.length());
        }

        @Test
        void isRefusedWhenTheIdDiffersInLetterCaseOnly() {
            new AccountNames(database.client()).take("ADA");
            account.givenNoPriorActivity();
            refuses(create, Rule.ACCOUNT_EXISTS, TAKEN);
        }

        @Test
        void tellsGroupsAndSealsTheContact() {
            account.givenNoPriorActivity().when(new CreateAccount("ada", "The editor", "ada@example.org", AccountKind.PERSON,
                    null, null, EDITOR, List.of("clinical-board"), null)).expectSuccessfulHandlerExecution();
            assertThat(lastEvent()).isEqualTo(new GroupsChanged("ada", List.of("clinical-board")));
            var created = (AccountCreated) account.getEventStore().readEvents("account:ada").next().getPayload();
            assertThat(vault.open("ada", created.personal()))
                    .isEqualTo(new PersonalDetails("The editor", "ada@example.org", null, null));
            assertThat(answer).isEqualTo(Decided.event(lastEventId()));
        }

        @Test
        void isRefusedWhenTheIdIsTheServersOwn() {
            account.givenNoPriorActivity();
            refuses(new CreateAccount("System", "The system", AccountKind.SERVICE, null, PASSWORD, EDITOR), Rule.ACCOUNT_EXISTS,
                    TAKEN);
            assertThat(credentials.passwordHash("System")).isEmpty();
        }

        @Test
        void isRefusedWhenTheIdWasErased() {
            ada(EDITOR);
            account.andGivenCommands(new EraseAccount("ada", "left"));
            refuses(create, Rule.ACCOUNT_EXISTS, TAKEN);
            assertThat(credentials.passwordHash("ada")).isEmpty();
        }
    }

    @Nested
    class ChangingGrants {
        @Test
        void replacesThemAll() {
            ada(EDITOR);
            var reviewer = List.of(new Grant(Role.REVIEWER, "**"));
            records(new ChangeGrants("ada", reviewer), new GrantsChanged("ada", reviewer));
        }

        @Test
        void mayTakeEverythingFromOneWhoIsNoAdmin() {
            ada(EDITOR);
            records(new ChangeGrants("ada", List.of()), new GrantsChanged("ada", List.of()));
        }

        @Test
        void letsTheLastAdminStayOne() {
            ada(ADMIN);
            var more = List.of(EDITOR.getFirst(), ADMIN.getFirst());
            records(new ChangeGrants("ada", more), new GrantsChanged("ada", more));
        }

        @Test
        void isRefusedWhenNoAdminWouldBeLeft() {
            ada(ADMIN);
            bob(EDITOR, true);
            refuses(new ChangeGrants("ada", EDITOR), Rule.LAST_ADMIN, LAST);
        }

        @Test
        void isRefusedWhenTheOtherAdminCannotSignIn() {
            ada(ADMIN);
            bob(ADMIN, false);
            refuses(new ChangeGrants("ada", EDITOR), Rule.LAST_ADMIN, LAST);
        }

        @Test
        void isRefusedWhenTheOtherAdminIsNoneAnyMore() {
            ada(ADMIN);
            bob(ADMIN, true);
            happened(1, new GrantsChanged("bob", EDITOR));
            refuses(new ChangeGrants("ada", EDITOR), Rule.LAST_ADMIN, LAST);
        }

        @Test
        void isRefusedWhenTheOtherAdminIsErased() {
            ada(ADMIN);
            bob(ADMIN, true);
            happened(1, new AccountErased("bob", "left"));
            refuses(new ChangeGrants("ada", EDITOR), Rule.LAST_ADMIN, LAST);
        }

        @Test
        void goesAheadWhenAnotherAdminIsLeft() {
            ada(ADMIN);
            bob(ADMIN, true);
            records(new ChangeGrants("ada", EDITOR), new GrantsChanged("ada", EDITOR));
        }

        @Test
        void looksAtTheGrantsAsTheyAreNow() {
            ada(ADMIN);
            bob(ADMIN, true);
            account.andGivenCommands(new ChangeGrants("ada", EDITOR));
            happened(1, new GrantsChanged("bob", EDITOR));
            records(new ChangeGrants("ada", List.of()), new GrantsChanged("ada", List.of()));
        }

        @Test
        void isRefusedOnceErased() {
            ada(EDITOR);
            account.andGivenCommands(new EraseAccount("ada", "left"));
            refuses(new ChangeGrants("ada", ADMIN), Rule.ACCOUNT_ERASED, ERASED);
        }

        @Test
        void findsNoAccountThatNeverWas() {
            account.givenNoPriorActivity().when(new ChangeGrants("ada", EDITOR)).expectNoEvents()
                    .expectException(AggregateNotFoundException.class);
        }
    }

    @Nested
    class LinkingAnIdentity {
        private static final Identity SOMEBODY = new Identity("https://login.example.org", "s-1");

        @Test
        void recordsWhoseAccountItIs() {
            ada(EDITOR);
            records(new LinkIdentity("ada", SOMEBODY), new IdentityLinked("ada", SOMEBODY));
        }

        @Test
        void comesWithANewAccountAsAnEventOfItsOwn() {
            account.givenNoPriorActivity()
                    .when(new CreateAccount("ada", "Ada", null, AccountKind.PERSON, null, null, EDITOR, List.of(), SOMEBODY))
                    .expectSuccessfulHandlerExecution();
            assertThat(lastEvent()).isEqualTo(new IdentityLinked("ada", SOMEBODY));
        }

        @Test
        void isRefusedWhereAnotherAccountHasIt() {
            ada(EDITOR);
            new Identities(database.client(), new Accounts(others, credentials, keys, NOW)).link("bob", SOMEBODY);
            refuses(new LinkIdentity("ada", SOMEBODY), Rule.IDENTITY_TAKEN, "another account is linked to this identity");
        }

        @Test
        void isRefusedOnceErased() {
            ada(EDITOR);
            account.andGivenCommands(new EraseAccount("ada", "left"));
            refuses(new LinkIdentity("ada", SOMEBODY), Rule.ACCOUNT_ERASED, ERASED);
        }
    }

    @Nested
    class SettingThePassword {
        @Test
        void replacesTheHashAndTellsNothingOfIt() {
            ada(EDITOR);
            records(new SetPassword("ada", "a much longer password"), new PasswordSet("ada"));
            assertThat(credentials.passwordHash("ada")).contains("hash of " + "a much longer password".length());
        }

        @Test
        void isRefusedOnceErased() {
            ada(EDITOR);
            account.andGivenCommands(new EraseAccount("ada", "left"));
            refuses(new SetPassword("ada", "a much longer password"), Rule.ACCOUNT_ERASED, ERASED);
            assertThat(credentials.passwordHash("ada")).isEmpty();
        }
    }

    @Nested
    class Erasing {
        private final EraseAccount erase = new EraseAccount("ada", "left");

        @Test
        void forgetsTheKeyAndThePassword() {
            String sealed = ada(EDITOR).personal();
            records(erase, new AccountErased("ada", "left"));
            assertThat(vault.open("ada", sealed)).isNull();
            assertThat(credentials.passwordHash("ada")).isEmpty();
        }

        @Test
        void isRefusedTheSecondTime() {
            ada(EDITOR);
            account.andGivenCommands(erase);
            refuses(erase, Rule.ACCOUNT_ERASED, ERASED);
        }

        @Test
        void isRefusedToTheLastAdminWhoKeepsEverything() {
            String sealed = ada(ADMIN).personal();
            refuses(erase, Rule.LAST_ADMIN, LAST);
            assertThat(vault.open("ada", sealed)).isNotNull();
            assertThat(credentials.passwordHash("ada")).isPresent();
        }

        @Test
        void goesAheadWhenAnotherAdminIsLeft() {
            ada(ADMIN);
            bob(ADMIN, true);
            records(erase, new AccountErased("ada", "left"));
        }
    }

    @Nested
    class Describing {
        @Test
        void changesWhatIsGivenAndKeepsTheRest() {
            ada(EDITOR);
            account.andGivenCommands(new DescribeAccount("ada", null, "ada@example.org"))
                    .when(new DescribeAccount("ada", "Ada King", null)).expectSuccessfulHandlerExecution();
            var described = (AccountDescribed) lastEvent();
            assertThat(described.toString()).doesNotContain("King", "example.org");
            assertThat(vault.open("ada", described.personal()))
                    .isEqualTo(new PersonalDetails("Ada King", "ada@example.org", null, null));
        }

        @Test
        void takesAnEmptyContactAway() {
            ada(EDITOR);
            account.andGivenCommands(new DescribeAccount("ada", null, "ada@example.org"))
                    .when(new DescribeAccount("ada", null, "")).expectSuccessfulHandlerExecution();
            assertThat(vault.open("ada", ((AccountDescribed) lastEvent()).personal()))
                    .isEqualTo(new PersonalDetails("The editor", null, null, null));
        }
    }

    @Nested
    class Locking {
        private final LockAccount lock = new LockAccount("ada", "lost her laptop");
        private final UnlockAccount unlock = new UnlockAccount("ada", "found it");

        @Test
        void lastsUntilUnlocked() {
            ada(EDITOR);
            refuses(unlock, Rule.NOT_LOCKED, "the account is not locked");
            account.andGivenCommands(lock);
            refuses(lock, Rule.ALREADY_LOCKED, "the account is locked already");
            records(unlock, new AccountUnlocked("ada", "found it"));
        }

        @Test
        void canComeBack() {
            ada(EDITOR);
            account.andGivenCommands(lock, unlock);
            records(lock, new AccountLocked("ada", "lost her laptop"));
        }

        @Test
        void isRefusedForTheLastAdmin() {
            ada(ADMIN);
            refuses(lock, Rule.LAST_ADMIN, LAST);
        }

        @Test
        void countsNoLockedAdminAsAnother() {
            ada(ADMIN);
            bob(ADMIN, true);
            happened(1, new AccountLocked("bob", "absent"));
            refuses(lock, Rule.LAST_ADMIN, LAST);
            happened(2, new AccountUnlocked("bob", "back"));
            records(lock, new AccountLocked("ada", "lost her laptop"));
        }

        @Test
        void leavesThePasswordAsItIs() {
            ada(EDITOR);
            records(lock, new AccountLocked("ada", "lost her laptop"));
            assertThat(credentials.passwordHash("ada")).isPresent();
        }
    }

    @Nested
    class Closing {
        private final CloseAccount close = new CloseAccount("ada", "left");

        @Test
        void endsThePasswordAndKeepsThePerson() {
            String sealed = ada(EDITOR).personal();
            records(close, new AccountClosed("ada", "left"));
            assertThat(credentials.passwordHash("ada")).isEmpty();
            assertThat(vault.open("ada", sealed)).as("who it was").isNotNull();
        }

        @Test
        void endsEverythingButErasure() {
            ada(EDITOR);
            account.andGivenCommands(close);
            for (AccountCommand command : List.of(close, new ChangeGrants("ada", ADMIN), new ChangeGroups("ada", List.of()),
                    new SetPassword("ada", "a much longer password"), new LockAccount("ada", "r"),
                    new UnlockAccount("ada", "r"), new DescribeAccount("ada", "Somebody", null),
                    new AllowDelegate("ada", "ci", null), new WithdrawDelegate("ada", "ci"))) {
                refuses(command, Rule.ACCOUNT_CLOSED, CLOSED);
            }
            refuses(new CreateAccount("ada", "Somebody", AccountKind.PERSON, null, null, List.of()), Rule.ACCOUNT_EXISTS, TAKEN);
            records(new EraseAccount("ada", "asked"), new AccountErased("ada", "asked"));
        }

        @Test
        void isRefusedForTheLastAdmin() {
            ada(ADMIN);
            refuses(close, Rule.LAST_ADMIN, LAST);
            assertThat(credentials.passwordHash("ada")).isPresent();
        }
    }

    @Nested
    class LettingOthersAct {
        private final AllowDelegate allow = new AllowDelegate("ada", "bob", null);
        private final WithdrawDelegate withdraw = new WithdrawDelegate("ada", "bob");

        private void bob(AccountKind kind, @Nullable String actsFor) {
            happened(0, new AccountCreated("bob", kind, actsFor, null, false, EDITOR));
        }

        private void finds(AccountCommand command, String problem) {
            account.when(command).expectNoEvents().expectException(UnknownThing.class);
            assertThat(failure).asInstanceOf(type(UnknownThing.class))
                    .satisfies(unknown -> assertThat(unknown.type()).isEqualTo(problem));
        }

        @Test
        void isForServicesAndOnesOwnAgents() {
            ada(EDITOR);
            bob(AccountKind.SERVICE, null);
            finds(withdraw, "delegate-not-found");
            records(allow, new DelegateAllowed("ada", "bob", null));
        }

        @Test
        void canBeTakenBack() {
            ada(EDITOR);
            bob(AccountKind.SERVICE, null);
            account.andGivenCommands(allow);
            records(withdraw, new DelegateWithdrawn("ada", "bob"));
        }

        @Test
        void cannotBeTakenBackTwice() {
            ada(EDITOR);
            bob(AccountKind.SERVICE, null);
            account.andGivenCommands(allow, withdraw);
            finds(withdraw, "delegate-not-found");
        }

        @Test
        void endsByItselfWhenSaid() {
            ada(EDITOR);
            bob(AccountKind.AGENT, "ada");
            Instant until = NOW.instant().plusMillis(1);
            account.when(new AllowDelegate("ada", "bob", NOW.instant())).expectNoEvents().expectException(InvalidValue.class);
            records(new AllowDelegate("ada", "bob", until.plusNanos(7)), new DelegateAllowed("ada", "bob", until));
        }

        @Test
        void isNotForPersonsAndOthersAgentsAndTellsNotWhetherTheyExist() {
            ada(EDITOR);
            finds(allow, "account-not-found");
            String unknown = String.valueOf(failure);
            bob(AccountKind.AGENT, "cleo");
            finds(allow, "account-not-found");
            assertThat(String.valueOf(failure)).isEqualTo(unknown);
        }

        @Test
        void isForPersonsOnly() {
            account.andGivenCommands(new CreateAccount("ada", "A service", AccountKind.SERVICE, null, null, EDITOR));
            refuses(allow, Rule.PERSON_MUST_ACT, "only persons let others act for them");
        }
    }

    @Nested
    class HavingKeys {
        private static final String HASH = "hash of a secret";
        private final CreateKey create = new CreateKey("ada", "pk-1", HASH, "laptop", null, null);
        private final RotateKey rotate = new RotateKey("ada", "pk-1", "pk-2", "another hash", Duration.ofHours(24));
        private final RevokeKey revoke = new RevokeKey("ada", "pk-1");
        private final MetaData herself = by("ada");

        private static MetaData by(String account) {
            return MetaData.with(EventMetadata.ACCOUNT, account);
        }

        private void did(AccountCommand... commands) {
            for (AccountCommand command : commands) {
                account.andGivenCommands(GenericCommandMessage.asCommandMessage(command).andMetaData(herself));
            }
        }

        private void records(AccountCommand command, AccountEvent event) {
            account.when(command, herself).expectSuccessfulHandlerExecution().expectEvents(event);
            assertThat(answer).isEqualTo(Decided.event(lastEventId()));
        }

        private void refuses(AccountCommand command, MetaData by, Rule rule, String detail) {
            account.when(command, by).expectNoEvents().expectException(CommandRejected.class);
            assertThat(failure).asInstanceOf(type(CommandRejected.class)).satisfies(rejected -> {
                assertThat(rejected.rule()).isEqualTo(rule);
                assertThat(rejected).hasMessage(detail);
            });
        }

        private void invalid(AccountCommand command, String message) {
            account.when(command, herself).expectNoEvents().expectException(InvalidValue.class);
            assertThat(failure).hasMessage(message);
        }

        private void unknown(AccountCommand command) {
            account.when(command, herself).expectNoEvents().expectException(UnknownThing.class);
            assertThat(failure).asInstanceOf(type(UnknownThing.class))
                    .satisfies(no -> assertThat(no.type()).isEqualTo("key-not-found"));
        }

        @Test
        void keepsTheHashAndTellsNothingOfIt() {
            ada(EDITOR);
            records(create, new KeyCreated("ada", "pk-1", "laptop", null, null));
            assertThat(keys.find("pk-1")).contains(new Keys.Key("pk-1", "ada", HASH));
            assertThat(keys.madeBy(lastEventId())).contains("pk-1");
        }

        @Test
        void isLimitedToWhatTheAccountMay() {
            ada(EDITOR);
            invalid(new CreateKey("ada", "pk-1", HASH, "laptop", null, ADMIN),
                    "grants[0] must be covered by the account's own grants");
            var narrower = List.of(new Grant(Role.EDITOR, "clinical/intake"), new Grant(Role.VIEWER, "clinical/*"));
            records(new CreateKey("ada", "pk-1", HASH, "laptop", null, narrower),
                    new KeyCreated("ada", "pk-1", "laptop", null, narrower));
        }

        @Test
        void endsWhenSaid() {
            ada(EDITOR);
            invalid(new CreateKey("ada", "pk-1", HASH, "laptop", NOW.instant(), null), "expiresAt must lie in the future");
            Instant soon = NOW.instant().plusMillis(1);
            records(new CreateKey("ada", "pk-1", HASH, "laptop", soon, null),
                    new KeyCreated("ada", "pk-1", "laptop", soon, null));
        }

        @Test
        void isRefusedToAnybodyElse() {
            ada(EDITOR);
            refuses(create, by("root"), Rule.PERSON_MUST_ACT, "only ada makes keys for ada");
            refuses(create, by("ci").and(EventMetadata.ON_BEHALF_OF, "ada"), Rule.PERSON_MUST_ACT, "only ada makes keys for ada");
            did(create);
            refuses(rotate, by("root"), Rule.PERSON_MUST_ACT, "only ada makes keys for ada");
        }

        @Test
        void isRefusedToServicesThemselves() {
            account.andGivenCommands(new CreateAccount("ada", "A service", AccountKind.SERVICE, null, null, EDITOR));
            refuses(create, herself, Rule.MISSING_GRANT, "another account makes keys for a service or an agent: an admin can");
            account.when(create, by("root")).expectEvents(new KeyCreated("ada", "pk-1", "laptop", null, null));
        }

        @Test
        void hasALimit() {
            ada(EDITOR);
            for (int i = 0; i < KeyRules.MOST_KEYS; i++) {
                did(new CreateKey("ada", "pk-" + i, HASH + i, "laptop", null, null));
            }
            String full = "the account has 20 keys; revoke one first";
            refuses(new CreateKey("ada", "pk-x", HASH, "laptop", null, null), herself, Rule.TOO_MANY_KEYS, full);
            refuses(new RotateKey("ada", "pk-1", "pk-x", HASH, Duration.ZERO), herself, Rule.TOO_MANY_KEYS, full);
            did(revoke);
            records(new CreateKey("ada", "pk-x", HASH, "laptop", null, null),
                    new KeyCreated("ada", "pk-x", "laptop", null, null));
        }

        @Test
        void canBeHandedOn() {
            ada(EDITOR);
            did(create);
            records(rotate, new KeyRotated("ada", "pk-1", NOW.instant().plus(Duration.ofHours(24)), "pk-2", null));
            assertThat(keys.find("pk-2")).contains(new Keys.Key("pk-2", "ada", "another hash"));
            assertThat(keys.find("pk-1")).isPresent();
        }

        @Test
        void canBeHandedOnOnceOnly() {
            ada(EDITOR);
            did(create, rotate);
            refuses(new RotateKey("ada", "pk-1", "pk-3", "a third hash", Duration.ZERO), herself, Rule.KEY_ENDED,
                    "the key has a successor already, which can be rotated");
            unknown(new RotateKey("ada", "pk-9", "pk-3", "a third hash", Duration.ZERO));
        }

        @Test
        void endsNoLaterForBeingHandedOnAndItsSuccessorLastsAsLong() {
            ada(EDITOR);
            Instant soon = NOW.instant().plusSeconds(60);
            did(new CreateKey("ada", "pk-1", HASH, "laptop", soon, null));
            account.when(rotate, herself).expectSuccessfulHandlerExecution();
            var rotated = (KeyRotated) lastEvent();
            assertThat(rotated.endsAt()).isEqualTo(soon);
            assertThat(rotated.expiresAt()).isNotNull();
        }

        @Test
        void endsAtOnceWhenRevoked() {
            ada(EDITOR);
            did(create);
            records(revoke, new KeyRevoked("ada", "pk-1"));
            assertThat(keys.find("pk-1")).isEmpty();
        }

        @Test
        void isUnknownOnceRevoked() {
            ada(EDITOR);
            did(create, revoke);
            unknown(revoke);
            unknown(rotate);
        }

        @Test
        void endsWithTheAccount() {
            ada(EDITOR);
            did(create, new CloseAccount("ada", "left"));
            assertThat(keys.find("pk-1")).isEmpty();
        }

        @Test
        void endsWithThePerson() {
            ada(EDITOR);
            did(create, new EraseAccount("ada", "asked"));
            assertThat(keys.find("pk-1")).isEmpty();
        }
    }
}
