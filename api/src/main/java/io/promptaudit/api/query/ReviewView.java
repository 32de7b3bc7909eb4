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
 * @param onBehalfOf the person that account acted for, or null
 * @param reviewers who was asked; empty means anyone
 * @param approvals those that stand
 * @param rejections those that stand
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReviewView(String prompt, int version, ReviewState state, @Nullable String requestedBy,
        @Nullable String onBehalfOf, @Nullable Instant requestedAt, @Nullable String note, List<String> reviewers,
        List<ApprovalView> approvals,
        List<RejectionView> rejections) {

    /** The same review with who approved, by the ids of their approvals. */
    public ReviewView signed(Map<String, Signatory> signatories) {
        return new ReviewView(prompt, version, state, requestedBy, onBehalfOf, requestedAt, note, reviewers,
                approvals.stream().map(approval -> approval.signed(signatories)).toList(), rejections);
    }

    /**
     * Whether this is work for the reviewer, or a decision of theirs: asked by name, asked as anyone, or decided, also by an
     * account that acted for them.
     */
    public boolean concerns(String reviewer) {
        boolean asked = state == ReviewState.PENDING && (reviewers.isEmpty() || reviewers.contains(reviewer));
        return asked
                || approvals.stream()
                        .anyMatch(approval -> reviewer.equals(approval.account()) || reviewer.equals(approval.onBehalfOf()))
                || rejections.stream()
                        .anyMatch(rejection -> reviewer.equals(rejection.account()) || reviewer.equals(rejection.onBehalfOf()));
    }
}
