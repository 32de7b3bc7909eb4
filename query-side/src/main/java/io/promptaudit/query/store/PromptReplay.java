package io.promptaudit.query.store;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.event.ApprovalRequested;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.CheckRecorded;
import io.promptaudit.api.event.DeploymentScheduled;
import io.promptaudit.api.event.EmergencyReviewed;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptArchived;
import io.promptaudit.api.event.PromptCommented;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptDescribed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.event.PromptRestored;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.api.event.RejectionWithdrawn;
import io.promptaudit.api.event.ScheduleCancelled;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.api.query.ReplayedPrompt;
import io.promptaudit.query.view.Occurrence;

/** The state of one prompt, folded from its events and from nothing else. For one thread. */
public final class PromptReplay {
    private final NavigableMap<Integer, VersionReplay> versions = new TreeMap<>();
    private final ReleaseReplay releases = new ReleaseReplay();
    private @Nullable String title;
    private @Nullable String description;
    private @Nullable String owner;
    private List<String> tags = List.of();
    private boolean archived;
    private @Nullable RecordedEvent last;

    /**
     * Counts the next event.
     *
     * @throws IllegalStateException when it speaks of a version, approval or deployment that no event before made
     */
    public void apply(RecordedEvent recorded) {
        Occurrence when = recorded.when();
        switch (recorded.event()) {
            case PromptCreated e -> create(e, when);
            case PromptEdited e -> versions.put(e.version(), VersionReplay.of(e, when));
            case VersionImported e -> importVersion(e, when);
            case PromptDescribed e -> describe(e);
            case ApprovalRequested e -> version(e.version()).on(e, when);
            case PromptApproved e -> version(e.version()).on(e, when);
            case PromptRejected e -> version(e.version()).on(e, when);
            case ApprovalRevoked e -> version(e.version()).on(e);
            case RejectionWithdrawn e -> version(e.version()).on(e);
            case CheckRecorded e -> version(e.version()).on(e, when);
            case PromptCommented e -> version(e.version()).on(e, when);
            case PromptDeployed e -> releases.on(e, when);
            case PromptRolledBack e -> releases.on(e, when);
            case PromptWithdrawn e -> releases.on(e, when);
            case EmergencyReviewed e -> releases.on(e);
            case DeploymentScheduled e -> releases.on(e, when);
            case ScheduleCancelled e -> releases.end(e.schedule());
            case PromptArchived _ -> archived = true;
            case PromptRestored _ -> archived = false;
        }
        last = recorded;
    }

    /**
     * The state after the events counted so far.
     *
     * @throws IllegalStateException when there were none
     */
    public ReplayedPrompt state() {
        if (last == null) {
            throw new IllegalStateException("no event was counted");
        }
        PromptEvent event = last.event();
        Occurrence when = last.when();
        return new ReplayedPrompt(event.prompt(), last.sequence(), when.position(), when.at(), title, description, owner,
                tags, archived, versions.isEmpty() ? 0 : versions.lastKey(),
                versions.values().stream().map(VersionReplay::state).toList(), releases.active(), releases.deployments(),
                releases.emergencies(), releases.schedules());
    }

    private void create(PromptCreated event, Occurrence when) {
        versions.put(1, VersionReplay.of(event, when));
        title = emptied(event.title());
        description = emptied(event.description());
        owner = emptied(event.owner());
        tags = List.copyOf(event.tags());
    }

    private void importVersion(VersionImported event, Occurrence when) {
        versions.put(event.version(), VersionReplay.of(event, when));
        title = event.title() == null ? title : emptied(event.title());
    }

    private void describe(PromptDescribed event) {
        title = event.title() == null ? title : emptied(event.title());
        description = event.description() == null ? description : emptied(event.description());
        owner = event.owner() == null ? owner : emptied(event.owner());
        tags = event.tags() == null ? tags : List.copyOf(event.tags());
    }

    private VersionReplay version(int number) {
        VersionReplay version = versions.get(number);
        if (version == null) {
            throw new IllegalStateException("no event made version " + number);
        }
        return version;
    }

    private static @Nullable String emptied(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
