package io.promptaudit.query.view;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.event.PromptArchived;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.api.query.PromptView;
import io.promptaudit.api.query.VersionView;
import io.promptaudit.api.query.ViewQuery.FindPrompt;
import io.promptaudit.api.query.ViewQuery.FindVersion;
import io.promptaudit.query.view.ReadSide.Callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FollowingTest {
    private final ReadSide side = ReadSide.onH2();

    @AfterEach
    void close() {
        side.close();
    }

    private static PromptCreated created(String name) {
        return new PromptCreated(name, PromptType.TEXT, new Content.Text("x"), Map.of(), "", "sha256:x", null, null, null,
                List.of());
    }

    private void feed(View view, List<? extends TrackedEventMessage<TrailEvent>> events) {
        var handler = new AnnotationEventHandlerAdapter(view);
        var work = new BatchingUnitOfWork<>(events);
        work.attachTransaction(new SpringTransactionManager(side.transactions()));
        var result = work.executeWithResult(() -> handler.handle(work.getMessage()));
        if (result.isExceptional()) {
            throw new IllegalStateException(result.exceptionResult());
        }
    }

    @Test
    void passesOverWhatTheViewHas() {
        side.given("ann", created("a"));
        feed(side.view("catalogue"), side.trail().after(0, 1));
        side.trail().append("ann", created("b"));
        feed(side.view("catalogue"), side.trail().after(0, 2));
        assertThat(side.status("catalogue").position()).isEqualTo(2);
        assertThat(side.rows(side.view("catalogue"), side.view("catalogue").tables().getFirst())).hasSize(2);
    }

    @Test
    void refusesAGap() {
        side.trail().append("ann", created("a"));
        side.trail().append("ann", created("b"));
        assertThatThrownBy(() -> feed(side.view("catalogue"), side.trail().after(1, 1))).rootCause()
                .hasMessageContaining("is at position 0 and was given 2");
        assertThat(side.status("catalogue").position()).isZero();
    }

    @Test
    void takesInABatchWholeOrNotAtAll() {
        side.trail().append("ann", created("a"));
        side.trail().append("ann", new PromptArchived("unknown", "no such prompt"));
        assertThatThrownBy(() -> feed(side.view("catalogue"), side.trail().after(0, 2))).isNotNull();
        assertThat(side.status("catalogue").position()).isZero();
        assertThat(side.rows(side.view("catalogue"), side.view("catalogue").tables().getFirst())).isEmpty();
    }

    @Test
    void answersAtThePositionAskedForOnceItIsReached() throws Exception {
        side.trail().append("ann", created("a"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> side.ask(new FindPrompt(Callers.EVERYONE, 1L, "a"), PromptView.class));
            side.catchUp();
            assertThat(answer.get().name()).isEqualTo("a");
        }
    }

    @Test
    void saysThatItIsBehindWhenThePositionIsNotReached() {
        side.given("ann", created("a"));
        assertThatThrownBy(() -> side.ask(new FindPrompt(Callers.EVERYONE, 99L, "a"), PromptView.class))
                .isInstanceOfSatisfying(ViewBehind.class, behind -> {
                    assertThat(behind.view()).isEqualTo("catalogue");
                    assertThat(behind.position()).isEqualTo(99);
                });
    }

    /** As the server runs it: one segment, batches, an error handler that propagates. */
    @Test
    void followsAStreamingProcessor() {
        var invoker = SimpleEventHandlerInvoker.builder().eventHandlers(side.view("versions")).build();
        var threads = Executors.newScheduledThreadPool(2);
        var processor = PooledStreamingEventProcessor.builder().name("versions").eventHandlerInvoker(invoker)
                .messageSource(side.trail()).tokenStore(new InMemoryTokenStore())
                .transactionManager(new SpringTransactionManager(side.transactions())).coordinatorExecutor(threads)
                .workerExecutor(threads).initialSegmentCount(1).batchSize(256)
                .initialToken(source -> source.createTailToken()).errorHandler(PropagatingErrorHandler.INSTANCE)
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE).build();
        try {
            processor.start();
            for (int n = 1; n <= 600; n++) {
                side.trail().append("ann", created("p" + n));
            }
            assertThat(side.ask(new FindVersion(Callers.EVERYONE, 600L, "p600", 1), VersionView.class).version()).isEqualTo(1);
        } finally {
            processor.shutDown();
            threads.shutdownNow();
        }
    }
}
