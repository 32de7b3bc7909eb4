package io.promptaudit.query.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

import io.promptaudit.api.event.DeploymentScheduled;
import io.promptaudit.api.event.EmergencyReviewed;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.api.query.ApprovalView;
import io.promptaudit.api.query.ReplayedPrompt.Active;
import io.promptaudit.api.query.ReplayedPrompt.Deployment;
import io.promptaudit.api.query.ReplayedPrompt.Emergency;
import io.promptaudit.api.query.ReplayedPrompt.Schedule;
import io.promptaudit.query.view.Occurrence;

/** Where a prompt is and was active, folded from events. */
final class ReleaseReplay {
    private final SequencedMap<String, Deployment> deployments = new LinkedHashMap<>();
    private final SortedMap<String, Active> active = new TreeMap<>();
    private final SequencedMap<String, Emergency> debts = new LinkedHashMap<>();
    private final SequencedMap<String, Schedule> schedules = new LinkedHashMap<>();

    void on(PromptDeployed e, Occurrence when) {
        activate(new Deployment(when.id(), e.environment(), e.version(), e.digest(), when.at(), null, when.actor().account(),
                when.actor().onBehalfOf(), e.reason(), e.ticket(), e.emergency(), e.policyRevision(),
                e.approvals().stream().map(ApprovalView::of).toList(), e.checks(), e.replaced(), null));
        if (e.emergency()) {
            debts.put(when.id(), new Emergency(when.id(), e.environment(), e.version(), when.at(),
                    when.actor().account(), when.actor().onBehalfOf(), e.reason(), e.ticket()));
        }
        if (e.schedule() != null) {
            end(e.schedule());
        }
    }

    void on(PromptRolledBack e, Occurrence when) {
        Deployment restored = deployments.get(e.restores());
        if (restored == null) {
            throw new IllegalStateException("no event before made the deployment " + e.restores());
        }
        activate(new Deployment(when.id(), e.environment(), e.version(), e.digest(), when.at(), null, when.actor().account(),
                when.actor().onBehalfOf(), e.reason(), null, false, e.policyRevision(), restored.approvals(), restored.checks(),
                e.replaced(),
                e.restores()));
    }

    void on(PromptWithdrawn e, Occurrence when) {
        end(e.environment(), when.at());
    }

    void on(EmergencyReviewed e) {
        if (debts.remove(e.deployment()) == null) {
            throw new IllegalStateException("no event before made the emergency " + e.deployment());
        }
    }

    void on(DeploymentScheduled e, Occurrence when) {
        schedules.put(when.id(), new Schedule(when.id(), e.environment(), e.version(), e.at(), when.actor().account(),
                when.actor().onBehalfOf(), e.reason(), e.ticket()));
    }

    /** A schedule was executed or cancelled. */
    void end(String schedule) {
        if (schedules.remove(schedule) == null) {
            throw new IllegalStateException("no event before made the schedule " + schedule);
        }
    }

    List<Active> active() {
        return List.copyOf(active.values());
    }

    List<Deployment> deployments() {
        return List.copyOf(deployments.values());
    }

    List<Emergency> emergencies() {
        return List.copyOf(debts.values());
    }

    List<Schedule> schedules() {
        return List.copyOf(schedules.values());
    }

    private void activate(Deployment deployment) {
        end(deployment.environment(), deployment.since());
        deployments.put(deployment.deployment(), deployment);
        active.put(deployment.environment(), new Active(deployment.environment(), deployment.version(),
                deployment.since(), deployment.deployment(), deployment.emergency()));
    }

    private void end(String environment, Instant until) {
        Active ended = active.remove(environment);
        if (ended != null) {
            deployments.computeIfPresent(ended.deployment(),
                    (_, d) -> new Deployment(d.deployment(), d.environment(), d.version(), d.digest(), d.since(), until,
                            d.by(), d.onBehalfOf(), d.reason(), d.ticket(), d.emergency(), d.policyRevision(), d.approvals(),
                            d.checks(), d.replaced(), d.restores()));
        }
    }
}
