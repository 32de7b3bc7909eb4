package io.promptaudit.query.view;

import java.util.List;

import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.promptaudit.api.Caller;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ProjectionView;
import io.promptaudit.api.query.ProjectionView.Rebuild;
import io.promptaudit.api.query.ProjectionView.Reconciliation;
import io.promptaudit.api.query.ViewQuery.ListProjections;
import io.promptaudit.api.query.ViewQuery.RebuildProjection;
import io.promptaudit.api.query.ViewQuery.ReconcileProjection;

/** Tells how the views fare, and lets admins have them rebuilt or compared. */
@Component
class ProjectionQueries {
    private final List<View> views;
    private final ViewHeads heads;
    private final ViewTasks tasks;
    private final ViewJobs jobs;

    ProjectionQueries(List<View> views, ViewHeads heads, ViewTasks tasks, ViewJobs jobs) {
        this.views = List.copyOf(views);
        this.heads = heads;
        this.tasks = tasks;
        this.jobs = jobs;
    }

    @QueryHandler
    Page.Projections handle(ListProjections query) {
        views.forEach(view -> heads.await(view.name(), query.position()));
        return new Page.Projections(views.stream().map(view -> show(view, query.caller())).toList(), null);
    }

    @QueryHandler
    ProjectionView handle(RebuildProjection query) {
        var view = find(query.view());
        jobs.rebuild(view);
        return show(view, query.caller());
    }

    @QueryHandler
    ProjectionView handle(ReconcileProjection query) {
        var view = find(query.view());
        jobs.reconcile(view);
        return show(view, query.caller());
    }

    private View find(String name) {
        return views.stream().filter(view -> view.name().equals(name)).findFirst()
                .orElseThrow(() -> new UnknownThing("projection-not-found", "There is no projection \"%s\".".formatted(name)));
    }

    private ProjectionView show(View view, Caller caller) {
        var head = heads.read(view.name());
        var report = tasks.read(view.name());
        String state = report.task() == null ? "live" : report.task();
        // Differences name prompts.
        return caller.readsEverything()
                ? new ProjectionView(view.name(), head.position(), head.generation(), state, rebuild(report),
                        reconciliation(report))
                : new ProjectionView(view.name(), head.position(), head.generation(), state, null, null);
    }

    /** What still says running although nobody works on the view any more, died. */
    private static @Nullable Rebuild rebuild(ViewTasks.Report report) {
        var last = report.rebuild();
        return last == null || !last.outcome().equals("running") || ViewJobs.REBUILDING.equals(report.task())
                ? last
                : new Rebuild("failed", last.startedAt(), null, null, "the server stopped");
    }

    private static @Nullable Reconciliation reconciliation(ViewTasks.Report report) {
        var last = report.reconciliation();
        return last == null || !last.outcome().equals("running") || ViewJobs.RECONCILING.equals(report.task())
                ? last
                : new Reconciliation("failed", last.startedAt(), null, null, 0, List.of(), "the server stopped");
    }
}
