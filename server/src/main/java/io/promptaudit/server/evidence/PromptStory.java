package io.promptaudit.server.evidence;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Content;
import io.promptaudit.api.Verdict;
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
import io.promptaudit.api.query.AuditEntry;
import io.promptaudit.api.query.ReplayedPrompt;
import io.promptaudit.query.store.PromptReplay;
import io.promptaudit.query.store.RecordedEvent;

/** One prompt as its events tell it, without what its versions say: so much of it fits into memory, however long the texts are. */
final class PromptStory {
    private static final Content NOTHING = new Content.Text("");

    private final PromptReplay replay = new PromptReplay();
    private final Map<String, Signed> approvals = new HashMap<>();
    private final Map<String, Signed> reviews = new HashMap<>();
    private final Map<Integer, AuditEntry> versions = new HashMap<>();
    private final Map<String, AuditEntry> releases = new HashMap<>();
    private @Nullable Long broken;
    private boolean begun;

    /** Something that somebody put their name to: the line of the trail that tells of it, and what they wrote. */
    record Signed(AuditEntry line, @Nullable String words) {}

    /** Counts the next event. */
    void add(ReadEvent read) {
        RecordedEvent recorded = read.ofPrompt();
        AuditEntry line = read.line();
        if (broken != null) {
            return;
        }
        if (recorded == null || line == null) {
            broken = read.place().position();
            return;
        }
        try {
            replay.apply(new RecordedEvent(withoutText(recorded.event()), recorded.sequence(), recorded.when()));
            begun = true;
        } catch (IllegalStateException contradiction) {
            broken = read.place().position();
            return;
        }
        remember(recorded.event(), line);
    }

    private void remember(PromptEvent event, AuditEntry line) {
        switch (event) {
            case PromptCreated _ -> versions.put(1, line);
            case PromptEdited e -> versions.put(e.version(), line);
            case VersionImported e -> versions.put(e.version(), line);
            case PromptApproved e -> approvals.put(line.eventId(), new Signed(line, e.comment()));
            case EmergencyReviewed e -> reviews.put(e.deployment(),
                    new Signed(line, "%s: %s".formatted(e.verdict() == Verdict.GOOD ? "good" : "bad", e.comment())));
            case PromptDeployed _,PromptRolledBack _ -> releases.put(line.eventId(), line);
            case PromptDescribed _,ApprovalRequested _,PromptRejected _,ApprovalRevoked _,RejectionWithdrawn _,CheckRecorded _ ->
                {
                }
            case PromptCommented _,PromptWithdrawn _,DeploymentScheduled _,ScheduleCancelled _,PromptArchived _,PromptRestored _ ->
                {
                }
        }
    }

    private static PromptEvent withoutText(PromptEvent event) {
        if (event instanceof PromptCreated e) {
            return new PromptCreated(e.prompt(), e.type(), NOTHING, Map.of(), e.note(), e.digest(), e.title(), e.description(),
                    e.owner(), e.tags());
        }
        if (event instanceof PromptEdited e) {
            return new PromptEdited(e.prompt(), e.version(), e.basedOn(), e.type(), NOTHING, Map.of(), e.note(), e.digest());
        }
        if (event instanceof VersionImported e) {
            return new VersionImported(e.prompt(), e.version(), e.type(), NOTHING, Map.of(), e.note(), e.digest(), e.title(),
                    e.claimedAuthor(), e.claimedAt(), e.commit());
        }
        return event;
    }

    /** The state after the last event that could be counted; empty when there was none. */
    Optional<ReplayedPrompt> state() {
        return begun ? Optional.of(replay.state()) : Optional.empty();
    }

    /** The position of the event from which on nothing can be told, because it cannot be read or contradicts those before; or null. */
    @Nullable
    Long broken() {
        return broken;
    }

    /** Who approved, by the approval's id; null when no event of this prompt is that approval. */
    @Nullable
    Signed approval(String id) {
        return approvals.get(id);
    }

    /** Who judged an emergency deployment; null while nobody has. */
    @Nullable
    Signed review(String deployment) {
        return reviews.get(deployment);
    }

    /** The line of the trail that tells how a version came to be. */
    @Nullable
    AuditEntry version(int number) {
        return versions.get(number);
    }

    /** The line of the trail that tells of a deployment or rollback, by its id. */
    @Nullable
    AuditEntry release(String deployment) {
        return releases.get(deployment);
    }
}
