package io.promptaudit.command.change;

import java.util.List;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Identity;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.command.AccountCommand;
import io.promptaudit.api.command.AccountCommand.AllowDelegate;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.ChangeGroups;
import io.promptaudit.api.command.AccountCommand.CloseAccount;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.AccountCommand.EraseAccount;
import io.promptaudit.api.command.AccountCommand.LinkIdentity;
import io.promptaudit.api.command.AccountCommand.LockAccount;
import io.promptaudit.api.command.AccountCommand.SetPassword;
import io.promptaudit.api.command.AccountCommand.UnlockAccount;
import io.promptaudit.api.command.ChangeCommand.ConfirmChange;
import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.GrantsChangeDeclined;
import io.promptaudit.api.event.GrantsChangeProposed;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.GroupsChangeDeclined;
import io.promptaudit.api.event.GroupsChangeProposed;
import io.promptaudit.api.event.GroupsChanged;
import io.promptaudit.api.event.IdentityLinked;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.api.event.PolicyChangeDeclined;
import io.promptaudit.api.event.PolicyChangeProposed;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.command.change.Company.Who;
import io.promptaudit.command.trail.Decided;
import io.promptaudit.command.trail.ServerAccount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What one admin may not decide alone, and who the second one may be. */
class FourEyesTest {
    private static final ReleasePolicy LENIENT = new ReleasePolicy(0, true, true, List.of(), true, null);
    private static final ReleasePolicy STRICT = new ReleasePolicy(2, false, false, List.of("evals"), false, null);
    private static final String LAB = "environment:lab";
    private static final Grant ADMIN = new Grant(Role.ADMIN, "**");
    private static final Grant REVIEWER = new Grant(Role.REVIEWER, "clinical/**");

    private static final Who ALICE = Who.person("alice");
    private static final Who BOB = Who.person("bob");
    private static final Who CAROL = Who.person("carol");
    private static final Who SERVER = Who.person(ServerAccount.ID);
    private static final Who BOT_OF_ALICE = new Who("bot", AccountKind.AGENT, "alice");
    private static final Who SERVICE = new Who("ci", AccountKind.SERVICE, null);
    private static final Who SERVICE_FOR_ALICE = new Who("ci", AccountKind.SERVICE, "alice");
    private static final Who SERVICE_FOR_BOB = new Who("ci", AccountKind.SERVICE, "bob");

    private Company company = new Company(true);

    @AfterEach
    void close() {
        company.close();
    }

    private void admins(String... persons) {
        for (String person : persons) {
            company.account(person, AccountKind.PERSON, null, true, ADMIN);
        }
    }

    private Decided strict(Who who) {
        return company.send(who, new ChangePolicy("lab", STRICT, "audit"));
    }

    private static void refused(Rule rule, ThrowingCallable command) {
        assertThatExceptionOfType(CommandRejected.class).isThrownBy(command)
                .satisfies(rejected -> assertThat(rejected.rule()).as(rejected.getMessage()).isEqualTo(rule));
    }

    @Nested
    class APolicy {
        @Test
        void isChangedByTheOnlyAdminAtOnce() {
            admins("alice");
            assertThat(strict(ALICE).pending()).isFalse();
            assertThat(company.events(LAB)).containsExactly(new ReleasePolicyChanged("lab", 1, STRICT, "audit"));
        }

        @Test
        void isChangedByTheServerAtOnce() {
            admins("alice", "bob");
            assertThat(strict(SERVER).pending()).isFalse();
        }

        @Test
        void isChangedAtOnceWhereTheSettingIsOff() {
            company.close();
            company = new Company(false);
            admins("alice", "bob");
            assertThat(strict(ALICE).pending()).isFalse();
        }

        @Test
        void isChangedAtOnceWhereNobodyElseCouldConfirm() {
            admins("alice", "gone", "left");
            company.account("mute", AccountKind.PERSON, null, false, ADMIN);
            company.account("reader", AccountKind.PERSON, null, true, new Grant(Role.AUDITOR, "**"));
            company.account("ci", AccountKind.SERVICE, null, true, ADMIN);
            company.send(SERVER, new EraseAccount("gone", "left"));
            company.send(SERVER, new CloseAccount("left", "left"));
            assertThat(strict(ALICE).pending()).isFalse();
        }

        @Test
        void waitsForTheSecondAdminAlsoInANewEnvironment() {
            admins("alice", "bob");
            Decided proposed = strict(ALICE);
            assertThat(proposed).isEqualTo(Decided.proposed(String.valueOf(proposed.eventId())));
            assertThat(company.events(LAB)).containsExactly(new PolicyChangeProposed("lab", 0, STRICT, "audit"));
            Decided confirmed = company.confirm(BOB, LAB, proposed);
            assertThat(confirmed.revision()).isEqualTo(1L);
            assertThat(confirmed.pending()).isFalse();
            assertThat(company.last(LAB)).isEqualTo(
                    new ReleasePolicyChanged("lab", 1, STRICT, "audit", proposed.eventId(), "alice", "read"));
        }

        @Test
        void isNotConfirmedByWhoeverProposedItInAnyGuise() {
            admins("alice", "bob");
            Decided proposed = strict(ALICE);
            for (Who guise : List.of(ALICE, BOT_OF_ALICE, SERVICE_FOR_ALICE)) {
                refused(Rule.PROPOSER_MAY_NOT_CONFIRM, () -> company.confirm(guise, LAB, proposed));
            }
            assertThat(company.events(LAB)).hasSize(1);
        }

        /** Admins make the keys of services and agents: whoever proposed could hold one. */
        @Test
        void isConfirmedByAPersonAndByNobodyInTheirName() {
            admins("alice", "bob");
            Decided proposed = strict(ALICE);
            for (Who who : List.of(SERVICE, SERVICE_FOR_BOB, new Who("bot", AccountKind.AGENT, "bob"))) {
                refused(Rule.PERSON_MUST_ACT, () -> company.confirm(who, LAB, proposed));
            }
            assertThat(company.confirm(BOB, LAB, proposed).revision()).isEqualTo(1L);
        }

        /** Else whoever makes a key of the other admin's service proposes with it, and confirms. */
        @Test
        void isProposedByAPersonAndByNobodyInTheirName() {
            admins("alice", "bob");
            for (Who who : List.of(SERVICE, SERVICE_FOR_BOB, BOT_OF_ALICE)) {
                refused(Rule.PERSON_MUST_ACT, () -> strict(who));
            }
            assertThat(company.events(LAB)).isEmpty();
        }

        @Test
        void waitsWhileTheSecondAdminIsLocked() {
            admins("alice", "bob");
            assertThat(company.send(ALICE, new LockAccount("bob", "lost a laptop")).pending()).isFalse();
            assertThat(strict(ALICE).pending()).isTrue();
        }

        @Test
        void isChangedByAServiceWhereOneAdminDecidesAlone() {
            admins("alice");
            assertThat(strict(SERVICE).pending()).isFalse();
        }

        @Test
        void isStaleOnceAnotherIsInForce() {
            admins("alice", "bob");
            Decided first = strict(ALICE);
            Decided second = company.send(CAROL, new ChangePolicy("lab", LENIENT, "other"));
            company.confirm(BOB, LAB, second);
            refused(Rule.STALE_CHANGE, () -> company.confirm(BOB, LAB, first));
            refused(Rule.STALE_CHANGE, () -> company.decline(ALICE, LAB, first));
            Decided anew = strict(ALICE);
            assertThat(company.last(LAB)).isEqualTo(new PolicyChangeProposed("lab", 1, STRICT, "audit"));
            assertThat(company.confirm(BOB, LAB, anew).revision()).isEqualTo(2L);
        }

        @Test
        void isSettledOnce() {
            admins("alice", "bob");
            Decided confirmed = strict(ALICE);
            company.confirm(BOB, LAB, confirmed);
            refused(Rule.CHANGE_SETTLED, () -> company.confirm(CAROL, LAB, confirmed));
            refused(Rule.CHANGE_SETTLED, () -> company.decline(BOB, LAB, confirmed));
            Decided declined = strict(ALICE);
            company.decline(BOB, LAB, declined);
            assertThat(company.last(LAB))
                    .isEqualTo(new PolicyChangeDeclined("lab", String.valueOf(declined.eventId()), "alice", "no"));
            refused(Rule.CHANGE_SETTLED, () -> company.confirm(BOB, LAB, declined));
            assertThat(company.events(LAB)).hasSize(4);
        }

        @Test
        void isWithdrawnByWhoeverProposedIt() {
            admins("alice", "bob");
            Decided proposed = strict(ALICE);
            company.decline(ALICE, LAB, proposed);
            refused(Rule.CHANGE_SETTLED, () -> company.confirm(BOB, LAB, proposed));
        }

        @Test
        void isFoundWhereItWasProposedOnly() {
            admins("alice", "bob");
            Decided proposed = strict(ALICE);
            company.send(SERVER, new ChangePolicy("other", STRICT, "r"));
            assertThatExceptionOfType(UnknownThing.class)
                    .isThrownBy(() -> company.confirm(BOB, "environment:other", proposed))
                    .satisfies(unknown -> assertThat(unknown.type()).isEqualTo("change-not-found"));
            assertThatExceptionOfType(AggregateNotFoundException.class)
                    .isThrownBy(() -> company.send(BOB, new ConfirmChange("none", null, null)));
        }
    }

    @Nested
    class ARole {
        private Decided grants(Who who, String account, Grant... grants) {
            return company.send(who, new ChangeGrants(account, List.of(grants)));
        }

        @Test
        void thatAnAdminTakesWaitsForTheSecondAdmin() {
            admins("alice", "bob");
            Decided proposed = grants(ALICE, "alice", ADMIN, REVIEWER);
            assertThat(proposed.pending()).isTrue();
            assertThat(company.last("account:alice"))
                    .isEqualTo(new GrantsChangeProposed("alice", 1, List.of(ADMIN, REVIEWER)));
            refused(Rule.PROPOSER_MAY_NOT_CONFIRM, () -> company.confirm(ALICE, "account:alice", proposed));
            company.confirm(BOB, "account:alice", proposed);
            assertThat(company.last("account:alice")).isEqualTo(
                    new GrantsChanged("alice", List.of(ADMIN, REVIEWER), proposed.eventId(), "alice", "read"));
        }

        @Test
        void thatAnAdminGivesToTheirAgentWaitsTooAndNobodyInTheirNameProposesIt() {
            admins("alice", "bob");
            company.account("bot", AccountKind.AGENT, "alice", true, ADMIN);
            assertThat(grants(ALICE, "bot", ADMIN, REVIEWER).pending()).isTrue();
            for (Who who : List.of(BOT_OF_ALICE, SERVICE_FOR_ALICE)) {
                refused(Rule.PERSON_MUST_ACT, () -> grants(who, "alice", ADMIN, REVIEWER));
                refused(Rule.PERSON_MUST_ACT, () -> grants(who, "bot", ADMIN, REVIEWER));
            }
            company.account("ci-2", AccountKind.AGENT, "bob", true);
            assertThat(grants(SERVICE_FOR_ALICE, "ci-2", REVIEWER).pending()).isFalse();
        }

        @Test
        void thatAnAdminGivesToAServiceThatMayActForThemWaitsToo() {
            admins("alice", "bob");
            company.account("ci", AccountKind.SERVICE, null, true);
            assertThat(grants(ALICE, "ci", REVIEWER).pending()).isFalse();
            company.send(ALICE, new AllowDelegate("alice", "ci", null));
            assertThat(grants(ALICE, "ci", REVIEWER, new Grant(Role.EDITOR, "**")).pending()).isTrue();
            assertThat(grants(BOB, "ci", REVIEWER, new Grant(Role.EDITOR, "**")).pending()).isFalse();
        }

        @Test
        void thatAServiceTakesAloneIsRefused() {
            admins("alice", "bob");
            company.account("ci", AccountKind.SERVICE, null, true, ADMIN);
            refused(Rule.PERSON_MUST_ACT, () -> grants(SERVICE, "ci", ADMIN, REVIEWER));
        }

        @Test
        void thatAnAdminGivesToOthersNeedsNobodyElse() {
            admins("alice", "bob");
            company.account("carol", AccountKind.PERSON, null, true);
            assertThat(grants(ALICE, "carol", REVIEWER).pending()).isFalse();
        }

        @Test
        void thatIsTakenFromOneselfNeedsNobodyElse() {
            admins("alice", "bob");
            company.send(SERVER, new ChangeGrants("alice", List.of(ADMIN, REVIEWER)));
            assertThat(grants(ALICE, "alice", ADMIN, new Grant(Role.VIEWER, "clinical/**")).pending()).isFalse();
        }

        @Test
        void ofAnotherAdminThatIsNotAdminNeedsNobodyElse() {
            admins("alice", "bob");
            assertThat(grants(ALICE, "bob", REVIEWER, ADMIN).pending()).isFalse();
        }

        @Test
        void isTakenAtOnceByTheOnlyAdmin() {
            admins("alice");
            assertThat(grants(ALICE, "alice", ADMIN, REVIEWER).pending()).isFalse();
        }

        @Test
        void isStaleOnceTheGrantsAreOthers() {
            admins("alice", "bob");
            Decided proposed = grants(ALICE, "alice", ADMIN, REVIEWER);
            grants(BOB, "alice", ADMIN);
            refused(Rule.STALE_CHANGE, () -> company.confirm(BOB, "account:alice", proposed));
        }

        @Test
        void isDeclinedWithAReason() {
            admins("alice", "bob");
            Decided proposed = grants(ALICE, "alice", ADMIN, REVIEWER);
            company.decline(BOB, "account:alice", proposed);
            assertThat(company.last("account:alice"))
                    .isEqualTo(new GrantsChangeDeclined("alice", String.valueOf(proposed.eventId()), "alice", "no"));
        }

        @Test
        void isNotGivenToSomebodyErased() {
            admins("alice", "bob", "carol");
            Decided proposed = grants(ALICE, "alice", ADMIN, REVIEWER);
            company.send(SERVER, new EraseAccount("alice", "left"));
            refused(Rule.ACCOUNT_ERASED, () -> company.confirm(BOB, "account:alice", proposed));
            refused(Rule.STALE_CHANGE, () -> company.decline(BOB, "account:alice", proposed));
        }

        /** The proposal gives up the role that the other admin has lost meanwhile. */
        @Test
        void thatLeavesNoAdminIsNotConfirmed() {
            admins("alice", "bob");
            Decided proposed = grants(ALICE, "alice", REVIEWER);
            grants(SERVER, "bob");
            refused(Rule.LAST_ADMIN, () -> company.confirm(BOB, "account:alice", proposed));
        }
    }

    /** Whoever could choose the second admin, or come in as them, would be both. */
    @Nested
    class TheRoleAdmin {
        private Decided grants(Who who, String account, Grant... grants) {
            return company.send(who, new ChangeGrants(account, List.of(grants)));
        }

        private void refusedAlone(AccountCommand command) {
            List<Object> before = company.events(command.target());
            refused(Rule.SECOND_ADMIN_REQUIRED, () -> company.send(ALICE, command));
            assertThat(company.events(command.target())).isEqualTo(before);
        }

        private static CreateAccount account(AccountKind kind, Grant... grants) {
            return new CreateAccount("puppet", "Puppet", kind, null, "correct horse battery", List.of(grants));
        }

        @Test
        void isTakenByTwo() {
            admins("alice", "bob");
            assertThat(grants(ALICE, "alice").pending()).as("from oneself").isTrue();
            Decided proposed = grants(ALICE, "bob", REVIEWER);
            assertThat(company.last("account:bob")).isEqualTo(new GrantsChangeProposed("bob", 1, List.of(REVIEWER)));
            refused(Rule.PROPOSER_MAY_NOT_CONFIRM, () -> company.confirm(ALICE, "account:bob", proposed));
            company.confirm(BOB, "account:bob", proposed);
            assertThat(strict(ALICE).pending()).as("alice is the only admin now").isFalse();
        }

        @Test
        void isGivenByTwoToWhomever() {
            admins("alice", "bob");
            company.account("carol", AccountKind.PERSON, null, true);
            company.account("ci", AccountKind.SERVICE, null, true);
            for (String account : List.of("carol", "ci")) {
                assertThat(grants(ALICE, account, ADMIN).pending()).as(account).isTrue();
            }
        }

        @Test
        void isTakenAndGivenByTheOnlyAdminAtOnce() {
            admins("alice");
            assertThat(company.send(ALICE, account(AccountKind.PERSON, ADMIN)).pending()).isFalse();
            company.send(SERVER, new ChangeGrants("puppet", List.of()));
            assertThat(grants(ALICE, "puppet", ADMIN).pending()).isFalse();
        }

        @Test
        void isNotWhatAnAccountBeginsWith() {
            admins("alice", "bob");
            for (AccountKind kind : List.of(AccountKind.PERSON, AccountKind.SERVICE)) {
                refusedAlone(account(kind, REVIEWER, ADMIN));
            }
            company.send(ALICE, account(AccountKind.PERSON, REVIEWER));
            assertThat(grants(ALICE, "puppet", REVIEWER, ADMIN).pending()).isTrue();
        }

        @Test
        void letsNobodyElseGiveItsHolderAWayIn() {
            admins("alice", "bob");
            var password = new SetPassword("bob", "another correct horse");
            var identity = new LinkIdentity("bob", new Identity("https://login.example.org", "alice"));
            refusedAlone(password);
            refusedAlone(identity);
            company.send(ALICE, new LockAccount("bob", "r"));
            refusedAlone(password);
            refusedAlone(identity);
            company.send(ALICE, new UnlockAccount("bob", "r"));
            company.send(BOB, password);
            assertThat(company.last("account:bob")).isInstanceOf(PasswordSet.class);
            company.send(BOB, identity);
            assertThat(company.last("account:bob")).isInstanceOf(IdentityLinked.class);
        }

        @Test
        void ofServicesKeepsNobodyFromTheirPasswords() {
            admins("alice", "bob");
            company.account("ci", AccountKind.SERVICE, null, true, ADMIN);
            company.account("carol", AccountKind.PERSON, null, true, REVIEWER);
            for (String account : List.of("ci", "carol")) {
                company.send(ALICE, new SetPassword(account, "another correct horse"));
                company.send(ALICE, new CloseAccount(account, "old"));
            }
        }

        @Test
        void isTakenAwayBeforeAnAccountEnds() {
            admins("alice", "bob");
            for (String account : List.of("alice", "bob")) {
                refusedAlone(new CloseAccount(account, "left"));
                refusedAlone(new EraseAccount(account, "left"));
            }
            company.confirm(BOB, "account:bob", grants(ALICE, "bob"));
            company.send(ALICE, new CloseAccount("bob", "left"));
        }

        @Test
        void keepsNoClosedAccountFromBeingErased() {
            admins("alice", "bob", "carol");
            company.send(SERVER, new CloseAccount("carol", "left"));
            company.send(ALICE, new EraseAccount("carol", "asked"));
            assertThat(company.last("account:carol")).isEqualTo(new AccountErased("carol", "asked"));
        }

        @Test
        void isOneAdminsToDecideOnWhereTheSettingIsOff() {
            company.close();
            company = new Company(false);
            admins("alice", "bob");
            company.send(ALICE, new SetPassword("bob", "another correct horse"));
            assertThat(company.send(ALICE, account(AccountKind.PERSON, ADMIN)).pending()).isFalse();
            assertThat(grants(ALICE, "puppet").pending()).isFalse();
            company.send(ALICE, new EraseAccount("bob", "left"));
        }

        /** What an identity provider's groups allow is the server's doing, as it was configured to. */
        @Test
        void isGivenAndTakenByTheServerAtOnce() {
            admins("alice", "bob");
            assertThat(grants(SERVER, "bob").pending()).isFalse();
            assertThat(grants(SERVER, "bob", ADMIN).pending()).isFalse();
        }
    }

    /** A group can fill a place among the approvals that a policy asks for. */
    @Nested
    class AGroup {
        private Decided groups(Who who, String account, String... groups) {
            return company.send(who, new ChangeGroups(account, List.of(groups)));
        }

        @Test
        void thatAnAdminJoinsWaitsForTheSecondAdmin() {
            admins("alice", "bob");
            Decided proposed = groups(ALICE, "alice", "medical");
            assertThat(company.last("account:alice")).isEqualTo(new GroupsChangeProposed("alice", 1, List.of("medical")));
            refused(Rule.PROPOSER_MAY_NOT_CONFIRM, () -> company.confirm(ALICE, "account:alice", proposed));
            company.confirm(BOB, "account:alice", proposed);
            assertThat(company.last("account:alice")).isEqualTo(
                    new GroupsChanged("alice", List.of("medical"), proposed.eventId(), "alice", "read"));
            assertThat(groups(ALICE, "alice").pending()).as("leaving needs nobody else").isFalse();
        }

        @Test
        void ofOthersNeedsNobodyElse() {
            admins("alice", "bob");
            assertThat(groups(ALICE, "bob", "medical").pending()).isFalse();
        }

        @Test
        void isDeclinedOrStale() {
            admins("alice", "bob");
            Decided declined = groups(ALICE, "alice", "medical");
            company.decline(BOB, "account:alice", declined);
            assertThat(company.last("account:alice"))
                    .isEqualTo(new GroupsChangeDeclined("alice", String.valueOf(declined.eventId()), "alice", "no"));
            Decided stale = groups(ALICE, "alice", "medical");
            groups(BOB, "alice", "legal");
            refused(Rule.STALE_CHANGE, () -> company.confirm(BOB, "account:alice", stale));
        }

        /** Grants and groups are set apart from each other, and so are the proposals of them. */
        @Test
        void waitsOnWhateverBecomesOfTheGrants() {
            admins("alice", "bob");
            Decided proposed = groups(ALICE, "alice", "medical");
            company.send(BOB, new ChangeGrants("alice", List.of(ADMIN, REVIEWER)));
            assertThat(company.confirm(BOB, "account:alice", proposed).pending()).isFalse();
        }
    }
}
