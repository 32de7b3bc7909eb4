package io.promptaudit.query.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.Rule;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.api.query.ActiveView;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ProjectionView;
import io.promptaudit.api.query.ProjectionView.Reconciliation;
import io.promptaudit.api.query.PromptView;
import io.promptaudit.api.query.Slice;
import io.promptaudit.api.query.ViewQuery.FindActive;
import io.promptaudit.api.query.ViewQuery.FindPrompt;
import io.promptaudit.api.query.ViewQuery.ListProjections;
import io.promptaudit.api.query.ViewQuery.ListPrompts;
import io.promptaudit.api.query.ViewQuery.ListVersions;
import io.promptaudit.api.query.ViewQuery.ReadHistory;
import io.promptaudit.api.query.ViewQuery.RebuildProjection;
import io.promptaudit.api.query.ViewQuery.ReconcileProjection;
import io.promptaudit.query.view.ReadSide.Callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RebuildTest {
    /** In CI 10,000; one round is enough then, because it lasts for minutes. */
    private static final int PROMPTS = Integer.getInteger("promptaudit.rebuild-prompts", 100);
    private static final int ROUNDS = PROMPTS > 1000 ? 1 : 4;
    private static final int PAGE = 200;
    private final ReadSide side = ReadSide.onH2();

    @AfterEach
    void close() {
        side.close();
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aViewThatCannotBeComparedAtTheStartIsBuiltAnew() {
        side.given("ann",
                new PromptCreated("p", PromptType.TEXT, new Content.Text("x"), Map.of(), "", "sha256:x", null, null, null,
                        List.of()));
        var jobs = side.bean(ViewJobs.class);
        jobs.stop();
        // A comparison fills the generation -1.
        side.db().sql("alter table audit_entry add constraint no_scratch check (generation > 0)").update();

        jobs.start();

        var rebuild = side.status("audit").rebuild();
        while (rebuild == null || !rebuild.outcome().equals("done")) {
            rebuild = side.status("audit").rebuild();
        }
        assertThat(side.status("audit").reconciliation()).extracting(Reconciliation::outcome).isEqualTo("failed");
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void thatTheServerStopsIsNoError() {
        side.given("ann", new ReleasePolicyChanged("production", 1,
                new ReleasePolicy(0, true, true, List.of(), true, null), "start"));
        var jobs = side.bean(ViewJobs.class);
        var view = side.view("audit");
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        var log = (Logger) LoggerFactory.getLogger(ViewJobs.class);
        log.addAppender(logged);
        log.setLevel(Level.WARN);
        try {
            // Both end at their next sign of life.
            side.bean(ViewTasks.class).stop();
            jobs.reconcile(view);
            side.awaitIdle();
            jobs.rebuild(view);
            side.awaitIdle();
        } finally {
            log.setLevel(Level.OFF);
            log.detachAppender(logged);
        }

        assertThat(logged.list).isEmpty();
        assertThat(side.status("audit").reconciliation()).extracting(Reconciliation::failure).isEqualTo("the server stopped");
        assertThat(side.status("audit").rebuild()).extracting(ProjectionView.Rebuild::failure).isEqualTo("the server stopped");
    }

    /** Readers hold what they have read so far; nothing may be older, missing or an error, while views are rebuilt and written. */
    @Test
    void readersSeeNoErrorAndNoOlderAnswer() throws Exception {
        side.given("ann", new ReleasePolicyChanged("production", 1,
                new ReleasePolicy(0, true, true, List.of(), true, null), "start"));
        for (int p = 0; p < PROMPTS; p++) {
            side.trail().append("ann",
                    new PromptCreated("p" + p, PromptType.TEXT, new Content.Text("x".repeat(900)), Map.of(), "",
                            "sha256:x", null, null, null, List.of("tag")));
        }
        side.catchUp();
        var done = new CountDownLatch(1);
        try (var threads = Executors.newCachedThreadPool()) {
            var readers = new ArrayList<Future<Integer>>();
            for (int reader = 0; reader < 4; reader++) {
                readers.add(threads.submit(reader(reader, done)));
            }
            try {
                for (int round = 2; round < 2 + ROUNDS; round++) {
                    side.views().forEach(view -> side.bean(ViewJobs.class).rebuild(view));
                    write(round);
                    side.awaitIdle();
                }
            } finally {
                done.countDown();
            }
            for (var reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
        assertThat(side.status("catalogue").generation()).isEqualTo(1 + ROUNDS);
        for (var view : side.views()) {
            assertThat(side.status(view.name()).rebuild()).as(view.name())
                    .satisfies(rebuild -> assertThat(rebuild.outcome()).isEqualTo("done"));
            for (var table : view.tables()) {
                assertThat(side.db().sql("select count(distinct generation) from " + table.name()).query(Integer.class).single())
                        .as(table.name()).isLessThanOrEqualTo(1);
            }
        }
    }

    private void write(int version) {
        for (int p = 0; p < PROMPTS; p++) {
            side.trail().append("ann", new PromptEdited("p" + p, version, version - 1, PromptType.TEXT,
                    new Content.Text("y".repeat(900)), Map.of(), "", "sha256:x"));
            side.trail().append("ann", new PromptDeployed("p" + p, version, "production", "sha256:x", "go", null, false, 1,
                    List.of(), List.of(), null, null));
            if (p % (PROMPTS / 10) == 0) {
                side.catchUp();
            }
        }
        side.catchUp();
    }

    private Callable<Integer> reader(int number, CountDownLatch done) {
        String prompt = "p" + number;
        return () -> {
            int reads = 0;
            int latest = 0;
            int versions = 0;
            int active = 0;
            long entries = 0;
            while (done.getCount() > 0) {
                var shown = side.ask(new FindPrompt(Callers.EVERYONE, null, prompt), PromptView.class);
                assertThat(shown.latest()).isGreaterThanOrEqualTo(latest);
                latest = shown.latest();
                var all = side.ask(new ListPrompts(Callers.EVERYONE, null, null, "tag", null, null, null, new Slice(PAGE, null)),
                        Page.Prompts.class);
                assertThat(all.items()).hasSize(Math.min(PROMPTS, PAGE));
                int listed = side.ask(new ListVersions(Callers.EVERYONE, null, prompt, Slice.first()), Page.Versions.class)
                        .items()
                        .size();
                assertThat(listed).isGreaterThanOrEqualTo(versions);
                versions = listed;
                var history = side.ask(new ReadHistory(Callers.EVERYONE, null, prompt, new Slice(1, null)), Page.Trail.class);
                assertThat(history.items().getFirst().position()).isGreaterThanOrEqualTo(entries);
                entries = history.items().getFirst().position();
                active = activeNow(prompt, active);
                reads++;
            }
            return reads;
        };
    }

    private int activeNow(String prompt, int before) {
        try {
            int version = side.ask(new FindActive(Callers.EVERYONE, null, prompt, "production", null), ActiveView.class)
                    .version();
            assertThat(version).isGreaterThanOrEqualTo(before);
            return version;
        } catch (UnknownThing nothing) {
            assertThat(before).isZero();
            return 0;
        }
    }

    @Test
    void removesWhatACrashLeft() {
        side.given("ann", new ReleasePolicyChanged("production", 1,
                new ReleasePolicy(0, true, true, List.of(), true, null), "start"));
        var view = side.view("environments");
        var event = Occurrence.of(
                new ReleasePolicyChanged("production", 1, new ReleasePolicy(0, true, true, List.of(), true, null), "x"),
                side.trail().after(0, 1).getFirst(), side.trail().after(0, 1).getFirst().trackingToken());
        view.apply(event, 7);
        view.apply(event, -1);

        side.bean(ViewJobs.class).reconcile(view);
        side.awaitIdle();

        assertThat(side.db().sql("select distinct generation from environments_policy").query(Integer.class).list())
                .containsExactly(1);
        assertThat(side.status("environments").reconciliation()).extracting(ProjectionView.Reconciliation::outcome)
                .isEqualTo("agrees");
    }

    @Test
    void isDoneByOneAtATimeAndTakenOverFromTheDead() {
        var tasks = side.bean(ViewTasks.class);
        var other = new ViewTasks(side.db(), side.transactions());
        assertThat(other.claim("audit", "rebuilding")).isTrue();
        assertThat(tasks.claim("audit", "rebuilding")).isFalse();
        assertThatThrownBy(() -> tasks.beat("audit")).hasMessageContaining("audit");

        side.db().sql("update view_task set beat = ? where view = 'audit'")
                .param(Columns.time(java.time.Instant.now().minus(ViewTasks.LEASE).minusSeconds(5))).update();

        assertThat(side.status("audit").state()).isEqualTo("live");
        assertThat(tasks.claim("audit", "rebuilding")).isTrue();
        assertThatThrownBy(() -> other.beat("audit")).hasMessageContaining("audit");
        tasks.release("audit");
    }

    @Test
    void failsAloudWhenTheTrailHasFewerEventsThanTheView() {
        side.given("ann", new ReleasePolicyChanged("production", 1,
                new ReleasePolicy(0, true, true, List.of(), true, null), "start"));
        var replay = new Replay(side.trail(), side.view("audit"), 5);
        var thread = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            while (replay.position() < 1 || thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            thread.interrupt();
        });
        assertThatThrownBy(() -> replay.advance(2, 10)).hasMessageContaining("position 1");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void isForAdmins() {
        assertThatThrownBy(() -> side.ask(new RebuildProjection(Callers.AUDITOR, null, "audit"), ProjectionView.class))
                .isInstanceOfSatisfying(CommandRejected.class, no -> assertThat(no.rule()).isEqualTo(Rule.MISSING_GRANT));
        assertThatThrownBy(() -> side.ask(new ReconcileProjection(Callers.EVERYONE, null, "audit"), ProjectionView.class))
                .isInstanceOfSatisfying(CommandRejected.class, no -> assertThat(no.rule()).isEqualTo(Rule.MISSING_GRANT));
        assertThatThrownBy(() -> side.ask(new RebuildProjection(Callers.ADMIN, null, "nothing"), ProjectionView.class))
                .isInstanceOfSatisfying(UnknownThing.class, no -> assertThat(no.type()).isEqualTo("projection-not-found"));
        assertThat(side.ask(new RebuildProjection(Callers.ADMIN, null, "audit"), ProjectionView.class).view()).isEqualTo("audit");
        side.awaitIdle();
        assertThat(side.status("audit").generation()).isEqualTo(2);
        assertThat(side.ask(new ListProjections(Callers.EVERYONE, null), Page.Projections.class).items())
                .allSatisfy(view -> assertThat(view.reconciliation()).isNull()).hasSize(9);
    }
}
