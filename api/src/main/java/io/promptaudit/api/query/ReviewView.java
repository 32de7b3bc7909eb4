package io.promptaudit.api.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The review of one version: who was asked, and what they decided.
 *
 * @param requestedBy who asked last, or null when nobody did
 * @param reviewers who was asked; empty means anyone
 * @param approvals those that stand
 * @param rejections those that stand
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReviewView(String prompt, int version, ReviewState state, @Nullable String requestedBy,
        @Nullable Instant requestedAt, @Nullable String note, List<String> reviewers, List<ApprovalView> approvals,
        List<RejectionView> rejections) {

    /** The same review with the names of those who approved, by the ids of their approvals. */
    public ReviewView named(Map<String, String> names) {
        return new ReviewView(prompt, version, state, requestedBy, requestedAt, note, reviewers,
                approvals.stream().map(approval -> approval.named(names)).toList(), rejections);
    }

    /** Whether this is work for the reviewer, or a decision of theirs: asked by name, asked as anyone, or decided. */
    public boolean concerns(String reviewer) {
        boolean asked = state == ReviewState.PENDING && (reviewers.isEmpty() || reviewers.contains(reviewer));
        return asked || approvals.stream().anyMatch(approval -> approval.account().equals(reviewer))
                || rejections.stream().anyMatch(rejection -> rejection.account().equals(reviewer));
    }
}
