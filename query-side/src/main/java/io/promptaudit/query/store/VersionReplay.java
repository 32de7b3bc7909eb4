package io.promptaudit.query.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.VersionState;
import io.promptaudit.api.event.ApprovalRequested;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.CheckRecorded;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptCommented;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.event.RejectionWithdrawn;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.api.query.ApprovalView;
import io.promptaudit.api.query.ReplayedPrompt.Check;
import io.promptaudit.api.query.ReplayedPrompt.Comment;
import io.promptaudit.api.query.ReplayedPrompt.Imported;
import io.promptaudit.api.query.ReplayedPrompt.Rejection;
import io.promptaudit.api.query.ReplayedPrompt.Request;
import io.promptaudit.api.query.ReplayedPrompt.Version;
import io.promptaudit.query.review.Review;
import io.promptaudit.query.view.Occurrence;

/** One version and everything said about it, folded from events. */
final class VersionReplay {
    private final Written written;
    private final List<Request> requests = new ArrayList<>();
    private final SequencedMap<String, ApprovalView> approvals = new LinkedHashMap<>();
    private final SequencedMap<String, Rejection> rejections = new LinkedHashMap<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();

    private VersionReplay(Written written) {
        this.written = written;
    }

    static VersionReplay of(PromptCreated e, Occurrence when) {
        return new VersionReplay(new Written(e.prompt(), 1, e.type(), e.content(), e.config(), e.note(), e.digest(), null,
                null, when));
    }

    static VersionReplay of(PromptEdited e, Occurrence when) {
        return new VersionReplay(new Written(e.prompt(), e.version(), e.type(), e.content(), e.config(), e.note(),
                e.digest(), e.basedOn(), null, when));
    }

    static VersionReplay of(VersionImported e, Occurrence when) {
        return new VersionReplay(new Written(e.prompt(), e.version(), e.type(), e.content(), e.config(), e.note(),
                e.digest(), null, new Imported(e.claimedAuthor(), e.claimedAt(), e.commit(), false), when));
    }

    void on(ApprovalRequested e, Occurrence when) {
        requests.add(
                new Request(when.id(), when.actor().account(), when.actor().onBehalfOf(), when.at(), e.note(), e.reviewers()));
    }

    void on(PromptApproved e, Occurrence when) {
        approvals.put(when.id(), Review.approval(e, when));
    }

    void on(PromptRejected e, Occurrence when) {
        rejections.put(when.id(),
                new Rejection(when.id(), when.actor().account(), when.actor().onBehalfOf(), when.at(), e.reason()));
    }

    void on(ApprovalRevoked e) {
        e.approvals().forEach(id -> end(approvals, id));
    }

    void on(RejectionWithdrawn e) {
        e.rejections().forEach(id -> end(rejections, id));
    }

    void on(CheckRecorded e, Occurrence when) {
        checks.add(new Check(when.id(), e.name(), e.outcome(), e.url(), e.digest(), when.actor().account(),
                when.actor().onBehalfOf(), when.at()));
    }

    void on(PromptCommented e, Occurrence when) {
        comments.add(new Comment(when.id(), when.actor().account(), when.actor().onBehalfOf(), when.at(), e.text()));
    }

    Version state() {
        return new Version(written.prompt, written.version, written.type, written.content, written.config, written.note,
                written.when.actor().account(), written.when.actor().onBehalfOf(), written.when.at(), written.digest,
                written.basedOn, review(),
                List.copyOf(requests), List.copyOf(approvals.values()), List.copyOf(rejections.values()),
                List.copyOf(checks), List.copyOf(comments), written.imported);
    }

    private VersionState review() {
        if (!rejections.isEmpty()) {
            return VersionState.REJECTED;
        }
        if (!approvals.isEmpty()) {
            return VersionState.APPROVED;
        }
        return requests.isEmpty() ? VersionState.DRAFT : VersionState.IN_REVIEW;
    }

    private static <T> void end(Map<String, T> standing, String id) {
        if (standing.remove(id) == null) {
            throw new IllegalStateException("nothing stands that " + id + " made");
        }
    }

    /** What never changes. */
    private record Written(String prompt, int version, PromptType type, Content content, Map<String, Object> config,
            String note, String digest, @Nullable Integer basedOn, @Nullable Imported imported, Occurrence when) {}
}
