package io.promptaudit.query.catalogue;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.Caller;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.VersionState;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.PromptArchived;
import io.promptaudit.api.event.PromptDescribed;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.event.RejectionWithdrawn;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.PromptView;
import io.promptaudit.api.query.Slice;
import io.promptaudit.api.query.ViewQuery.FindPrompt;
import io.promptaudit.api.query.ViewQuery.ListPrompts;
import io.promptaudit.query.view.ReadSide;
import io.promptaudit.query.view.ReadSide.Callers;
import io.promptaudit.query.view.Trail;

import static io.promptaudit.query.view.Events.approved;
import static io.promptaudit.query.view.Events.created;
import static io.promptaudit.query.view.Events.deployed;
import static io.promptaudit.query.view.Events.edited;
import static io.promptaudit.query.view.Events.imported;
import static io.promptaudit.query.view.Events.policy;
import static io.promptaudit.query.view.Events.requested;
import static io.promptaudit.query.view.Events.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CatalogueTest {
    private final ReadSide side = ReadSide.onH2();

    @AfterEach
    void close() {
        side.close();
    }

    private List<String> list(Caller caller, @Nullable String text, @Nullable String tag, @Nullable String folder,
            @Nullable VersionState state, @Nullable String environment) {
        return side.ask(new ListPrompts(caller, null, text, tag, folder, state, environment, Slice.first()), Page.Prompts.class)
                .items().stream().map(PromptView::name).toList();
    }

    private PromptView find(String prompt) {
        return side.ask(new FindPrompt(Callers.EVERYONE, null, prompt), PromptView.class);
    }

    @Test
    void listsNewestFirst() {
        side.given("ann", created("a"));
        side.given("ann", created("b"));
        side.given("ann", edited("a", 2));
        assertThat(list(Callers.EVERYONE, null, null, null, null, null)).containsExactly("b", "a");
    }

    @Test
    void namesWhomItsMakerActedFor() {
        side.given("bot", "ann", created("a"));
        side.given("bob", edited("a", 2));
        side.given("bob", new PromptDescribed("a", "New title", null, null, null));
        assertThat(find("a")).extracting(PromptView::createdBy, PromptView::onBehalfOf).containsExactly("bot", "ann");
    }

    @Test
    void searchesNameTitleTagsNoteAndContentOfTheLatestVersion() {
        side.given("ann", created("clinical/intake", "Ask for 100% of the SYMPTOMS_now", "Triage"));
        side.given("ann", created("legal/nda", "Nothing here"));
        for (String found : List.of("INTAKE", "title of clin", "triage", "first", "symptoms", "100%", "S_N")) {
            assertThat(list(Callers.EVERYONE, found, null, null, null, null)).as(found).contains("clinical/intake");
        }
        assertThat(list(Callers.EVERYONE, "100%", null, null, null, null)).containsExactly("clinical/intake");
        assertThat(list(Callers.EVERYONE, "s_n", null, null, null, null)).containsExactly("clinical/intake");
        assertThat(list(Callers.EVERYONE, "1_0", null, null, null, null)).isEmpty();
        side.given("ann", edited("clinical/intake", 2, "Ask for signs"));
        assertThat(list(Callers.EVERYONE, "symptoms", null, null, null, null)).isEmpty();
        assertThat(list(Callers.EVERYONE, "SIGNS", null, null, null, null)).containsExactly("clinical/intake");
    }

    @Test
    void filtersByTagFolderStateAndEnvironment() {
        side.given("ann", policy("production", 1, 0));
        side.given("ann", created("clinical/intake", "x", "t1", "t2"));
        side.given("ann", created("clinical%/other", "x", "t2"));
        side.given("ann", requested("clinical/intake", 1));
        String deployment = Trail.id(side.given("ann", deployed("clinical/intake", 1, "production")));
        assertThat(list(Callers.EVERYONE, null, "t1", null, null, null)).containsExactly("clinical/intake");
        assertThat(list(Callers.EVERYONE, null, "t2", null, null, null)).hasSize(2);
        assertThat(list(Callers.EVERYONE, null, null, "clinical", null, null)).containsExactly("clinical/intake");
        assertThat(list(Callers.EVERYONE, null, null, "clinical%", null, null)).containsExactly("clinical%/other");
        assertThat(list(Callers.EVERYONE, null, null, null, VersionState.IN_REVIEW, null)).containsExactly("clinical/intake");
        assertThat(list(Callers.EVERYONE, null, null, null, null, "production")).containsExactly("clinical/intake");
        side.given("ann", withdrawn("clinical/intake", 1, "production", deployment));
        assertThat(list(Callers.EVERYONE, null, null, null, null, "production")).isEmpty();
        side.given("ann", new PromptDescribed("clinical/intake", "New", "", null, List.of("t3")));
        assertThat(list(Callers.EVERYONE, null, "t1", null, null, null)).isEmpty();
        assertThat(list(Callers.EVERYONE, "new", "t3", null, null, null)).containsExactly("clinical/intake");
    }

    @Test
    void followsTheStateOfTheLatestVersion() {
        side.given("ann", created("p"));
        String approval = Trail.id(side.given("bob", approved("p", 1)));
        assertThat(find("p").state()).isEqualTo(VersionState.APPROVED);
        String rejection = Trail.id(side.given("cyd", new PromptRejected("p", 1, "no")));
        assertThat(find("p").state()).isEqualTo(VersionState.REJECTED);
        side.given("cyd", new RejectionWithdrawn("p", 1, List.of(rejection), "settled"));
        assertThat(find("p").state()).isEqualTo(VersionState.APPROVED);
        side.given("bob", new ApprovalRevoked("p", 1, List.of(approval), "wrong"));
        assertThat(find("p").state()).isEqualTo(VersionState.DRAFT);
        side.given("ann", requested("p", 1));
        assertThat(find("p").state()).isEqualTo(VersionState.IN_REVIEW);
        side.given("ann", edited("p", 2));
        assertThat(find("p").state()).isEqualTo(VersionState.DRAFT);
        side.given("bob", approved("p", 1));
        assertThat(find("p").state()).isEqualTo(VersionState.DRAFT);
        side.given("ann", new PromptArchived("p", "old"));
        assertThat(find("p").archived()).isTrue();
    }

    @Test
    void hidesWhatTheCallerMayNotKnow() {
        side.given("ann", created("clinical/intake"));
        side.given("ann", created("clinical_x/intake"));
        side.given("ann", created("legal/nda"));
        var clinician = Callers.of("cli", "viewer:clinical/**");
        assertThat(list(clinician, null, null, null, null, null)).containsExactly("clinical/intake");
        assertThat(list(Callers.of("any", "viewer:*/intake"), null, null, null, null, null)).hasSize(2);
        assertThat(list(Callers.of("one", "viewer:legal/nda"), null, null, null, null, null)).containsExactly("legal/nda");
        assertThat(list(Callers.of("aud", "auditor:nothing"), null, null, null, null, null)).hasSize(3);
        assertThat(list(Callers.STRANGER, null, null, null, null, null)).isEmpty();
        for (String prompt : List.of("legal/nda", "unknown")) {
            assertThatThrownBy(() -> side.ask(new FindPrompt(clinician, null, prompt), PromptView.class))
                    .isInstanceOfSatisfying(UnknownThing.class, no -> {
                        assertThat(no.type()).isEqualTo("prompt-not-found");
                        assertThat(no).hasMessage("There is no prompt \"%s\".", prompt);
                    });
        }
    }

    @Test
    void pagesWithoutRepeatingOrMissingWhileEventsArrive() {
        for (int n = 0; n < 25; n++) {
            side.given("ann", created((n % 2 == 0 ? "seen/p" : "hidden/p") + n));
        }
        var caller = Callers.of("cli", "viewer:seen/*");
        var names = new ArrayList<String>();
        String cursor = null;
        do {
            var page = side.ask(new ListPrompts(caller, null, null, null, null, null, null, new Slice(3, cursor)),
                    Page.Prompts.class);
            page.items().forEach(prompt -> names.add(prompt.name()));
            cursor = page.cursor();
            side.given("ann", created("seen/new" + names.size()));
            side.given("ann", edited("seen/p0", 2 + names.size()));
        } while (cursor != null);
        assertThat(names).hasSize(13).doesNotHaveDuplicates().startsWith("seen/p24").endsWith("seen/p0");
    }

    @Test
    void refusesACursorThatNoPageGave() {
        for (String cursor : List.of("x", "", "MS4x", "bm8", "99999999999999999999")) {
            assertThatThrownBy(() -> side.ask(
                    new ListPrompts(Callers.EVERYONE, null, null, null, null, null, null, new Slice(3, cursor)),
                    Page.Prompts.class)).isInstanceOfSatisfying(MalformedRequest.class,
                            no -> assertThat(no.field()).isEqualTo("cursor"));
        }
    }

    @Test
    void takesAnImportedPromptInWithItsTitle() {
        side.given("imp", imported("old", 1));
        side.given("imp", imported("old", 2));
        assertThat(find("old")).satisfies(prompt -> {
            assertThat(prompt.title()).isEqualTo("Imported");
            assertThat(prompt.latest()).isEqualTo(2);
            assertThat(prompt.createdBy()).isEqualTo("imp");
        });
    }
}
