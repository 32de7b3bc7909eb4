package io.promptaudit.query.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.Content;
import io.promptaudit.api.Grant;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.Role;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.VersionState;
import io.promptaudit.api.event.ContentRead;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.PromptView;
import io.promptaudit.api.query.Slice;
import io.promptaudit.api.query.VersionView;
import io.promptaudit.api.query.ViewQuery.FindPrompt;
import io.promptaudit.api.query.ViewQuery.FindVersion;
import io.promptaudit.api.query.ViewQuery.ListPrompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The gate before handlers that forget to ask who asks. Who may ask what is tested on the whole server. */
class QueryGateTest {
    private static final Caller CALLER = new Caller("vera", AccountKind.PERSON, null,
            List.of(new Grant(Role.VIEWER, "clinical/**")), "password");
    private static final Caller AUDITOR = new Caller("aude", AccountKind.PERSON, null,
            List.of(new Grant(Role.AUDITOR, "**")), "password");

    private final QueryGateway queries;
    private final List<ContentRead> recorded = new ArrayList<>();
    private boolean failing;
    private int asked;

    QueryGateTest() {
        var bus = SimpleQueryBus.builder().build();
        bus.registerHandlerInterceptor(new QueryGate(List.of("clinical/**"), (_, reads, _) -> {
            if (failing) {
                throw new IllegalStateException("not on record");
            }
            recorded.addAll(reads);
        }));
        new AnnotationQueryHandlerAdapter<>(new Forgetful()).subscribe(bus);
        queries = DefaultQueryGateway.builder().queryBus(bus).build();
    }

    /** Answers everybody everything. */
    private final class Forgetful {
        @QueryHandler
        PromptView handle(FindPrompt query) {
            asked++;
            return prompt(query.prompt());
        }

        @QueryHandler
        VersionView handle(FindVersion query) {
            return new VersionView(query.prompt(), query.version(), PromptType.TEXT, new Content.Text("secret"), Map.of(), "note",
                    "ada", null, Instant.EPOCH, "sha256:1", VersionState.DRAFT, List.of(), List.of(), List.of(), null);
        }

        @QueryHandler
        Page.Prompts handle(ListPrompts query) {
            return new Page.Prompts(List.of(prompt("clinical/intake"), prompt(String.valueOf(query.text()))), null);
        }

        @QueryHandler
        String handle(Integer other) {
            return "answered " + other;
        }
    }

    @Test
    void asksNoHandlerAboutWhatTheCallerMayNotKnow() {
        assertThatThrownBy(() -> ask(new FindPrompt(CALLER, null, "legal/nda"), PromptView.class))
                .isInstanceOf(UnknownThing.class);
        assertThat(asked).isZero();
        assertThat(ask(new FindPrompt(CALLER, null, "clinical/intake"), PromptView.class).name()).isEqualTo("clinical/intake");
    }

    @Test
    void letsNoListLeaveThatHoldsTooMuch() {
        assertThat(ask(list("clinical/chat"), Page.Prompts.class).items()).hasSize(2);
        assertThatThrownBy(() -> ask(list("legal/nda"), Page.Prompts.class)).isInstanceOf(IllegalStateException.class)
                .hasMessage("the answer to ListPrompts holds what its caller may not know");
    }

    @Test
    void answersOnlyQueriesOfTheContract() {
        assertThatThrownBy(() -> ask(7, String.class)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void letsContentLeaveOnlyOnRecord() {
        ask(new FindVersion(CALLER, null, "clinical/intake", 3), VersionView.class);
        assertThat(recorded).containsExactly(new ContentRead("clinical/intake", List.of(3), "FindVersion", null));
        failing = true;
        assertThatThrownBy(() -> ask(new FindVersion(CALLER, null, "clinical/intake", 3), VersionView.class))
                .isInstanceOf(IllegalStateException.class).hasMessage("not on record");
    }

    @Test
    void recordsNoOtherReads() {
        failing = true;
        assertThat(ask(new FindPrompt(CALLER, null, "clinical/intake"), PromptView.class)).isNotNull();
        assertThat(ask(new FindVersion(AUDITOR, null, "legal/nda", 1), VersionView.class)).isNotNull();
        assertThatThrownBy(() -> ask(new FindVersion(CALLER, null, "legal/nda", 1), VersionView.class))
                .isInstanceOf(UnknownThing.class);
    }

    private static ListPrompts list(String text) {
        return new ListPrompts(CALLER, null, text, null, null, null, null, Slice.first());
    }

    private static PromptView prompt(String name) {
        return new PromptView(name, null, null, null, List.of(), 1, VersionState.DRAFT, false, List.of(), "ada", null,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private <R> R ask(Object query, Class<R> answer) {
        try {
            return queries.query(query, ResponseTypes.instanceOf(answer)).get();
        } catch (ExecutionException failure) {
            throw (RuntimeException) failure.getCause();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
