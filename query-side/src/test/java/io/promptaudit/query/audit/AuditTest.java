package io.promptaudit.query.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.Caller;
import io.promptaudit.api.Cancellation;
import io.promptaudit.api.CredentialKind;
import io.promptaudit.api.Grant;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.SignInRefusal;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.AlertCleared;
import io.promptaudit.api.event.AlertRaised;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.ContentRead;
import io.promptaudit.api.event.EpochOpened;
import io.promptaudit.api.event.LedgerKeysRotated;
import io.promptaudit.api.event.PromptCommented;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.api.query.Action;
import io.promptaudit.api.query.AuditEntry;
import io.promptaudit.api.query.Outcome;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.Slice;
import io.promptaudit.api.query.ViewQuery.ReadHistory;
import io.promptaudit.api.query.ViewQuery.SearchAudit;
import io.promptaudit.query.view.ReadSide;
import io.promptaudit.query.view.ReadSide.Callers;
import io.promptaudit.query.view.Trail;

import static io.promptaudit.query.view.Events.account;
import static io.promptaudit.query.view.Events.approved;
import static io.promptaudit.query.view.Events.cancelled;
import static io.promptaudit.query.view.Events.created;
import static io.promptaudit.query.view.Events.deployed;
import static io.promptaudit.query.view.Events.edited;
import static io.promptaudit.query.view.Events.policy;
import static io.promptaudit.query.view.Events.refused;
import static io.promptaudit.query.view.Events.requested;
import static io.promptaudit.query.view.Events.scheduled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AuditTest {
    private final ReadSide side = ReadSide.onH2();

    @AfterEach
    void close() {
        side.close();
    }

    private List<AuditEntry> search(Caller caller, @Nullable String actor, @Nullable Action action, @Nullable String prompt,
            @Nullable String environment, @Nullable Outcome outcome, @Nullable String text) {
        return side.ask(new SearchAudit(caller, null, actor, action, prompt, environment, null, null, outcome, text,
                Slice.first()), Page.Trail.class).items();
    }

    private List<AuditEntry> all(Caller caller) {
        return search(caller, null, null, null, null, null, null);
    }

    @Test
    void tellsEachEventInOneSentence() {
        side.given("root", policy("production", 1, 2));
        side.given("root", account("bob", new Grant(Role.REVIEWER, "**")));
        side.given("ann", created("p", "TOP-SECRET-TEXT"));
        side.given("ann", edited("p", 2, "TOP-SECRET-TEXT"));
        side.given("ann", requested("p", 2, "bob"));
        side.given("ann", new CommandRefused("ApprovePrompt", "prompt:p", "p", 2, null, Rule.AUTHOR_MAY_NOT_APPROVE,
                "An author does not approve.", null));
        side.given("bob", approved("p", 2));
        side.given("dep", deployed("p", 2, "production", true, new ActiveDeployment(1, "x")));
        side.given("bob", new PromptCommented("p", 2, "TOP-SECRET-TEXT"));
        assertThat(all(Callers.AUDITOR)).extracting(AuditEntry::sentence).containsExactly(
                "bob commented on version 2 of \"p\".",
                "dep deployed version 2 of \"p\" in an emergency, without the approvals that production asks for, to production in place of version 1, ticket INC-1.",
                "bob approved version 2 of \"p\", which means approval.",
                "ann was refused approve-prompt of version 2 on \"prompt:p\" by the rule author-may-not-approve: An author does not approve.",
                "ann asked bob to approve version 2 of \"p\".", "ann wrote version 2 of \"p\", based on version 1.",
                "ann created \"p\" with version 1.", "root created the person account \"bob\" with reviewer on **.",
                "root set revision 1 of the release policy of production: 2 approvals, authors may not approve, emergencies allowed.");
        assertThat(all(Callers.AUDITOR).toString()).doesNotContain("TOP-SECRET");
    }

    @Test
    void tellsAWholePolicy() {
        var noon = Instant.parse("2026-12-24T12:00:00Z");
        side.given("root", new ReleasePolicyChanged("production", 1,
                new ReleasePolicy(1, false, false, List.of("evals"), false, new ReleasePolicy.Freeze("audit"), true,
                        List.of(new ReleasePolicy.Slot(Role.AUDITOR, null, 1), new ReleasePolicy.Slot(null, "medical", 2)),
                        Duration.ofMinutes(15),
                        List.of(new ReleasePolicy.FreezeWindow(noon, noon.plusSeconds(3600), "holidays"))),
                "strict"));
        assertThat(all(Callers.AUDITOR)).extracting(AuditEntry::sentence).containsExactly(
                "root set revision 1 of the release policy of production: 1 approval, 1 with the role auditor,"
                        + " 2 of the group medical, authors since the last release may not approve, approvers may not deploy,"
                        + " approved within PT15M of signing in, the check \"evals\", no emergencies, frozen,"
                        + " frozen from 2026-12-24T12:00:00Z until 2026-12-24T13:00:00Z.");
    }

    @Test
    void findsWhatSomebodyDidAndWhatWasDoneForThem() {
        var expected = new ArrayDeque<Long>();
        side.given("bot", "eve", created("p"));
        for (int n = 2; n <= 40; n++) {
            switch (n % 4) {
                case 0 -> expected.addFirst(side.given("ann", edited("p", n)));
                case 1 -> expected.addFirst(side.given("bot", "ann", edited("p", n)));
                case 2 -> side.given("bot", "bob", edited("p", n));
                default -> side.given("bob", edited("p", n));
            }
        }
        for (String prompt : new String[]{null, "p"}) {
            var found = new ArrayList<Long>();
            String cursor = null;
            do {
                var page = side.ask(new SearchAudit(Callers.EVERYONE, null, "ann", null, prompt, null, null, null, null, null,
                        new Slice(7, cursor)), Page.Trail.class);
                page.items().forEach(entry -> found.add(entry.position()));
                cursor = page.cursor();
            } while (cursor != null);
            assertThat(found).as("%s", prompt).containsExactlyElementsOf(expected);
        }
        assertThat(search(Callers.EVERYONE, "eve", null, null, null, null, null)).singleElement()
                .extracting(AuditEntry::actor, AuditEntry::onBehalfOf).containsExactly("bot", "eve");
    }

    @Test
    void saysWhichRevisionOfAPolicyRefused() {
        side.given("ann", new CommandRefused("DeployPrompt", "prompt:p", "p", 2, "production", Rule.REQUIRED_APPROVALS,
                "One more.", 7L));
        assertThat(all(Callers.AUDITOR)).extracting(AuditEntry::policyRevision).containsExactly(7L);
    }

    @Test
    void tellsWhatBecameOfSchedules() {
        side.given("ann", created("p"));
        String id = Trail.id(side.given("dep", scheduled("p", 1, "production")));
        side.given("dep", cancelled("p", 1, "production", id, Cancellation.PERSON, null, "not tonight"));
        side.given("system", cancelled("p", 1, "production", id, Cancellation.RULE, Rule.FROZEN, "production is frozen"));
        side.given("system", cancelled("p", 1, "production", id, Cancellation.MISSED, null, "nobody was there"));
        side.given("system", new PromptDeployed("p", 1, "production", "sha256:1", "at night", null, false, 3, List.of(),
                List.of(), null, id));
        assertThat(all(Callers.AUDITOR)).extracting(AuditEntry::sentence).containsExactly(
                "system deployed version 1 of \"p\" to production, as scheduled.",
                "system cancelled the scheduled deployment of version 1 of \"p\" to production, because its moment was missed.",
                "system cancelled the scheduled deployment of version 1 of \"p\" to production by the rule frozen: production is frozen.",
                "dep cancelled the scheduled deployment of version 1 of \"p\" to production.",
                "dep scheduled version 1 of \"p\" to be deployed to production at 2026-03-01T22:00:00Z, ticket CHG-9.",
                "ann created \"p\" with version 1.");
        assertThat(search(Callers.AUDITOR, null, Action.CANCEL_SCHEDULE, null, null, Outcome.REFUSED, null)).singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.rule()).isEqualTo(Rule.FROZEN);
                    assertThat(refusal.environment()).isEqualTo("production");
                });
        assertThat(search(Callers.AUDITOR, null, Action.SCHEDULE_DEPLOYMENT, "p", "production", Outcome.DONE, "at night"))
                .singleElement().extracting(AuditEntry::reason).isEqualTo("at night");
    }

    @Test
    void filters() {
        side.given("root", policy("production", 1, 2));
        side.given("ann", created("p"));
        side.given("ann", created("q"));
        side.given("ann", refused("ApprovePrompt", "prompt:p", "p"));
        long deployment = side.given("dep", deployed("p", 1, "production"));
        var who = Callers.AUDITOR;
        assertThat(search(who, "dep", null, null, null, null, null)).hasSize(1);
        assertThat(search(who, null, Action.CREATE_PROMPT, null, null, null, null)).hasSize(2);
        assertThat(search(who, null, Action.APPROVE_PROMPT, null, null, Outcome.REFUSED, null)).hasSize(1);
        assertThat(search(who, null, null, "p", null, null, null)).hasSize(3);
        assertThat(search(who, null, null, null, "production", null, null)).hasSize(2);
        assertThat(search(who, null, null, null, null, Outcome.DONE, null)).hasSize(4);
        assertThat(search(who, null, null, null, null, null, "MISSING-grant")).hasSize(1);
        assertThat(search(who, null, null, null, null, null, "RELEASE")).hasSize(2);
        var at = side.now();
        assertThat(between(at, null)).containsExactly(deployment);
        assertThat(between(null, at)).hasSize(4).doesNotContain(deployment);
        assertThat(between(at.plusMillis(1), null)).isEmpty();
    }

    private List<Long> between(@Nullable Instant from, @Nullable Instant to) {
        return side.ask(new SearchAudit(Callers.AUDITOR, null, null, null, null, null, from, to, null, null, Slice.first()),
                Page.Trail.class).items().stream().map(AuditEntry::position).toList();
    }

    @Test
    void hidesWhatTheCallerMayNotKnow() {
        side.given("root", policy("production", 1, 2));
        side.given("root", account("cli"));
        side.given("root", account("bob"));
        side.given("ann", created("clinical/a"));
        side.given("ann", created("legal/b"));
        side.given("ann", refused("ApprovePrompt", "prompt:legal/b", "legal/b"));
        side.given("cli", refused("ChangeGrants", "account:bob", null));
        var clinician = Callers.of("cli", "viewer:clinical/**");
        assertThat(all(clinician)).extracting(AuditEntry::sentence)
                .containsExactly("ann created \"clinical/a\" with version 1.",
                        "root created the person account \"cli\" with no role.");
        assertThat(search(clinician, null, null, "legal/b", null, null, null)).isEmpty();
        assertThat(all(Callers.STRANGER)).isEmpty();
        assertThat(all(Callers.ADMIN)).hasSize(7);
        assertThat(side.ask(new ReadHistory(clinician, null, "clinical/a", Slice.first()), Page.Trail.class).items()).hasSize(1);
        for (String prompt : List.of("legal/b", "clinical/unknown")) {
            assertThatThrownBy(() -> side.ask(new ReadHistory(clinician, null, prompt, Slice.first()), Page.Trail.class))
                    .isInstanceOfSatisfying(UnknownThing.class, no -> assertThat(no.type()).isEqualTo("prompt-not-found"));
        }
    }

    @Test
    void tellsOnlyThoseWhoReadEverythingWhoReadWhat() {
        side.given("ann", created("p"));
        side.given("eve", new ContentRead("p", List.of(1), "FindActive", "production"));
        side.given("eve", new ContentRead("p", List.of(2, 1), "CompareVersions", null));
        side.given("eve", new ContentRead("p", List.of(3, 2, 1), "ListVersions", null));
        assertThat(search(Callers.AUDITOR, null, Action.READ_CONTENT, "p", null, null, null)).extracting(AuditEntry::sentence)
                .containsExactly("eve read 3 versions, from 1 to 3, of \"p\", by list-versions.",
                        "eve read versions 2 and 1 of \"p\", by compare-versions.",
                        "eve read version 1 of \"p\" in production, by find-active.");
        // The reader does not see it either, and a prompt's history is what was done to it.
        var reader = Callers.of("eve", "editor:**");
        assertThat(all(reader)).extracting(AuditEntry::action).containsExactly("create-prompt");
        assertThat(search(reader, null, Action.READ_CONTENT, null, null, null, null)).isEmpty();
        assertThat(side.ask(new ReadHistory(Callers.AUDITOR, null, "p", Slice.first()), Page.Trail.class).items()).hasSize(1);
    }

    @Test
    void tellsOnlyThoseWhoReadEverythingOfTheServersAlerts() {
        side.given("system", new AlertRaised("guards", "domain_event has\nno guard."));
        side.given("system", new AlertCleared("guards"));
        assertThat(all(Callers.AUDITOR)).extracting(AuditEntry::sentence).containsExactly("system cleared the alert guards.",
                "system raised the alert guards: domain_event has no guard.");
        assertThat(search(Callers.AUDITOR, null, Action.RAISE_ALERT, null, null, null, "no guard")).hasSize(1);
        assertThat(search(Callers.AUDITOR, null, Action.CLEAR_ALERT, null, null, null, null)).hasSize(1);
        assertThat(all(Callers.of("eve", "editor:**"))).isEmpty();
    }

    @Test
    void tellsWhatWasDecidedOnTheLedger() {
        side.given("ada", new EpochOpened(2, "o/epoch-2", List.of("a key"), List.of(), "the disk\nwas lost", 12, "set back",
                "o/epoch-1\n15\na root\n"));
        side.given("ada", new LedgerKeysRotated("o/epoch-2", 2, List.of("a key"), List.of("another"), "once a year"));
        assertThat(all(Callers.AUDITOR)).extracting(AuditEntry::sentence).containsExactly(
                "ada gave the ledger the keys of generation 2: once a year.",
                "ada opened epoch 2 of the ledger behind event 12, where a checkpoint over 15 is known: the disk was lost.");
        assertThat(search(Callers.AUDITOR, null, Action.OPEN_EPOCH, null, null, null, null)).hasSize(1);
        assertThat(search(Callers.AUDITOR, null, Action.ROTATE_LEDGER_KEYS, null, null, null, null)).hasSize(1);
    }

    @Test
    void opensPersonalDetailsOnlyWhenReadAndForgetsTheErased() {
        side.given("ann", created("p"));
        assertThat(all(Callers.AUDITOR)).singleElement().satisfies(entry -> {
            assertThat(entry.displayName()).isEqualTo("Name of ann");
            assertThat(entry.address()).isEqualTo("192.0.2.7");
            assertThat(entry.credential()).isEqualTo("password");
        });
        assertThat(all(Callers.EVERYONE)).singleElement().satisfies(entry -> {
            assertThat(entry.displayName()).isEqualTo("Name of ann");
            assertThat(entry.address()).isNull();
        });
        assertThat(all(Callers.of("ann", "editor:p"))).singleElement().extracting(AuditEntry::address).isEqualTo("192.0.2.7");
        side.erase("ann");
        assertThat(all(Callers.AUDITOR)).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("ann");
            assertThat(entry.displayName()).isNull();
            assertThat(entry.address()).isNull();
        });
    }

    @Test
    void tellsAuditorsAndTheAccountOfRefusedSignIns() {
        side.given("root", account("ann"));
        side.given("system", new SignInRefused("ann", CredentialKind.PASSWORD, SignInRefusal.WRONG_CREDENTIAL, 12));
        side.given("system", new SignInRefused(null, CredentialKind.KEY, SignInRefusal.UNKNOWN_ACCOUNT, 1));
        assertThat(search(Callers.AUDITOR, null, Action.SIGN_IN, null, null, Outcome.REFUSED, null)).satisfiesExactly(
                entry -> assertThat(entry.sentence())
                        .isEqualTo("system refused a sign-in as nobody known with an API key: unknown-account."),
                entry -> {
                    assertThat(entry.sentence())
                            .isEqualTo("system refused 12 sign-ins as \"ann\" with a password: wrong-credential.");
                    assertThat(entry.reason()).isEqualTo("wrong-credential");
                    assertThat(entry.account()).isEqualTo("ann");
                    assertThat(entry.displayName()).isNull();
                    assertThat(entry.address()).isEqualTo("192.0.2.7");
                });
        assertThat(search(Callers.of("ann"), null, Action.SIGN_IN, null, null, null, null)).singleElement()
                .satisfies(entry -> assertThat(entry.address()).isNull());
        assertThat(search(Callers.EVERYONE, null, Action.SIGN_IN, null, null, null, null)).isEmpty();
        side.erase("ann");
        assertThat(search(Callers.AUDITOR, null, Action.SIGN_IN, null, null, null, "ann")).singleElement()
                .satisfies(entry -> assertThat(entry.address()).isNull());
    }

    @Test
    void takesInWhateverRefusedCallersTyped() {
        String typed = "x\u0000\n\ud83d" + "é".repeat(3000);
        side.given("eve", new CommandRefused("CreatePrompt", "prompt:" + typed, typed, null, typed, Rule.MISSING_GRANT,
                "No.\nroot approved everything.", null));
        assertThat(all(Callers.AUDITOR)).singleElement().satisfies(entry -> {
            assertThat(entry.sentence()).doesNotContain("\n").contains("No. root approved everything");
            assertThat(entry.outcome()).isEqualTo(Outcome.REFUSED);
        });
    }
}
