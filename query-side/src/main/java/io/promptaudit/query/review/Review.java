package io.promptaudit.query.review;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import io.promptaudit.api.Meaning;
import io.promptaudit.api.VersionState;
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
import io.promptaudit.api.query.ApprovalView;
import io.promptaudit.api.query.CheckView;
import io.promptaudit.api.query.RejectionView;
import io.promptaudit.api.query.VersionView;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Occurrence;

/**
 * The review of one version.
 *
 * @param requested whether approval was ever asked for
 * @param approvals those that stand, oldest first
 * @param rejections those that stand, oldest first
 */
public record Review(boolean requested, List<ApprovalView> approvals, List<RejectionView> rejections) {

    /** Nothing has happened yet. */
    public static final Review NONE = new Review(false, List.of(), List.of());

    /** Keeps its own copies. */
    public Review {
        approvals = List.copyOf(approvals);
        rejections = List.copyOf(rejections);
    }

    /** The review after an event of its version. Events that are no part of a review change nothing. */
    public Review after(PromptEvent event, Occurrence when) {
        return switch (event) {
            case ApprovalRequested _ -> new Review(true, approvals, rejections);
            case PromptApproved e -> new Review(requested, with(approvals,
                    approval(e, when)),
                    rejections);
            case PromptRejected e -> new Review(requested, approvals,
                    with(rejections, new RejectionView(when.id(), when.actor().account(), when.actor().onBehalfOf(), when.at(),
                            e.reason())));
            case ApprovalRevoked e -> new Review(requested,
                    approvals.stream().filter(approval -> !e.approvals().contains(approval.approval())).toList(), rejections);
            case RejectionWithdrawn e -> new Review(requested, approvals,
                    rejections.stream().filter(rejection -> !e.rejections().contains(rejection.rejection())).toList());
            case PromptCreated _,PromptEdited _,VersionImported _,PromptDescribed _,CheckRecorded _,PromptCommented _,PromptDeployed _,PromptRolledBack _,PromptWithdrawn _,EmergencyReviewed _,DeploymentScheduled _,ScheduleCancelled _,PromptArchived _,PromptRestored _ ->
                this;
        };
    }

    /** The approval that the event gave, without its signer's name. */
    public static ApprovalView approval(PromptApproved event, Occurrence when) {
        return new ApprovalView(when.id(), when.actor().account(), when.actor().onBehalfOf(), null, when.at(), event.comment(),
                Meaning.said(event.meaning()));
    }

    private static <T> List<T> with(List<T> list, T item) {
        return Stream.concat(list.stream(), Stream.of(item)).toList();
    }

    /** Where the version stands. */
    public VersionState state() {
        if (!rejections.isEmpty()) {
            return VersionState.REJECTED;
        }
        if (!approvals.isEmpty()) {
            return VersionState.APPROVED;
        }
        return requested ? VersionState.IN_REVIEW : VersionState.DRAFT;
    }

    /** A version as it stands, from a row with the columns {@code body}, {@code review} and {@code checks}. */
    public static VersionView version(ResultSet row) throws SQLException {
        var version = Json.read(row.getString("body"), VersionView.class);
        var review = Json.read(row.getString("review"), Review.class);
        return new VersionView(version.prompt(), version.version(), version.type(), version.content(), version.config(),
                version.note(), version.author(), version.onBehalfOf(), version.recordedAt(), version.digest(), review.state(),
                review.approvals(),
                review.rejections(), Json.list(row.getString("checks"), CheckView.class), version.imported());
    }
}
