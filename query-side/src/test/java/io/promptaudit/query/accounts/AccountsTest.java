package io.promptaudit.query.accounts;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.Caller;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Role;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.GrantsChangeDeclined;
import io.promptaudit.api.event.GrantsChangeProposed;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.KeyCreated;
import io.promptaudit.api.event.KeyRotated;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.api.query.AccountView;
import io.promptaudit.api.query.KeyView;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.Slice;
import io.promptaudit.api.query.ViewQuery.FindAccount;
import io.promptaudit.api.query.ViewQuery.ListAccounts;
import io.promptaudit.api.query.ViewQuery.ListKeys;
import io.promptaudit.api.query.ViewQuery.WhoAmI;
import io.promptaudit.query.view.ReadSide;
import io.promptaudit.query.view.ReadSide.Callers;

import static io.promptaudit.query.view.Events.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class AccountsTest {
    private final ReadSide side = ReadSide.onH2();

    @AfterEach
    void close() {
        side.close();
    }

    private AccountView find(Caller caller, String account) {
        return side.ask(new FindAccount(caller, null, account), AccountView.class);
    }

    @Test
    void tellsWhoReadsEverythingAboutEveryAccount() {
        var grant = new Grant(Role.DEPLOYER, "clinical/**", List.of("production"));
        side.given("root", account("bob"));
        side.given("root", account("cyd"));
        side.given("root", new GrantsChanged("bob", List.of(grant)));
        side.given("bob", new PasswordSet("bob"));
        assertThat(find(Callers.AUDITOR, "bob")).satisfies(bob -> {
            assertThat(bob.displayName()).isEqualTo("Name of bob");
            assertThat(bob.grants()).containsExactly(grant);
            assertThat(bob.erased()).isNull();
            assertThat(bob.history()).extracting(AccountView.Change::what).containsExactly("created", "grants-changed",
                    "password-set");
        });
        assertThat(side.ask(new ListAccounts(Callers.ADMIN, null, Slice.first()), Page.Accounts.class).items())
                .extracting(AccountView::id).containsExactly("cyd", "bob");
    }

    @Test
    void tellsWhatWasProposedAndWhoConfirmedIt() {
        var grants = List.of(new Grant(Role.REVIEWER, "**"));
        side.given("root", account("bob"));
        side.given("bob", new GrantsChangeProposed("bob", 1, grants));
        side.given("bob", new GrantsChangeDeclined("bob", "event-2", "bob", "mistaken"));
        assertThat(find(Callers.AUDITOR, "bob").grants()).isEmpty();
        side.given("root", new GrantsChanged("bob", grants, "event-2", "bob", "as agreed"));
        assertThat(find(Callers.AUDITOR, "bob")).satisfies(bob -> {
            assertThat(bob.grants()).isEqualTo(grants);
            assertThat(bob.history()).extracting(AccountView.Change::what).containsExactly("created", "grants-change-proposed",
                    "grants-change-declined", "grants-changed");
            assertThat(bob.history()).last().satisfies(change -> {
                assertThat(change.by()).isEqualTo("root");
                assertThat(change.proposedBy()).isEqualTo("bob");
                assertThat(change.change()).isEqualTo("event-2");
                assertThat(change.reason()).isEqualTo("as agreed");
            });
        });
    }

    @Test
    void tellsOthersAboutThemselvesOnly() {
        side.given("root", account("bob"));
        side.given("root", account("cyd"));
        var bob = Callers.of("bob", "editor:**");
        assertThat(find(bob, "bob").id()).isEqualTo("bob");
        assertThat(side.ask(new ListAccounts(bob, null, Slice.first()), Page.Accounts.class).items()).extracting(AccountView::id)
                .containsExactly("bob");
        for (String unknown : List.of("cyd", "nobody")) {
            assertThatThrownBy(() -> find(bob, unknown)).isInstanceOfSatisfying(UnknownThing.class, no -> {
                assertThat(no.type()).isEqualTo("account-not-found");
                assertThat(no).hasMessage("There is no account \"%s\".", unknown);
            });
        }
    }

    @Test
    void namesForWhomKeysWereMade() {
        side.given("root", account("ci"));
        side.given("ops", "root", new KeyCreated("ci", "pk-1", "build", null, null));
        side.given("ops", "boss", new KeyRotated("ci", "pk-1", side.now(), "pk-2", null));
        assertThat(side.ask(new ListKeys(Callers.ADMIN, null, "ci", Slice.first()), Page.Keys.class).items())
                .extracting(KeyView::createdBy, KeyView::onBehalfOf).containsExactly(tuple("ops", "boss"), tuple("ops", "root"));
    }

    @Test
    void forgetsTheErased() {
        side.given("root", account("bob"));
        side.given("root", new AccountErased("bob", "asked for it"));
        side.erase("bob");
        assertThat(find(Callers.AUDITOR, "bob")).satisfies(bob -> {
            assertThat(bob.displayName()).isNull();
            assertThat(bob.erased()).isTrue();
        });
    }

    @Test
    void tellsTheCallerWhoTheyAre() {
        var fresh = Callers.of("new", "editor:clinical/**");
        assertThat(side.ask(new WhoAmI(fresh, null), AccountView.class)).satisfies(me -> {
            assertThat(me.id()).isEqualTo("new");
            assertThat(me.displayName()).isNull();
            assertThat(me.grants()).isEqualTo(fresh.grants());
        });
        side.given("root", account("new"));
        assertThat(side.ask(new WhoAmI(fresh, null), AccountView.class).displayName()).isEqualTo("Name of new");
    }
}
