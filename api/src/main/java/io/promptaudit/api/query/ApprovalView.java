package io.promptaudit.api.query;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Meaning;
import io.promptaudit.api.event.CountedApproval;

/**
 * An approval, with what 21 CFR 11.50 asks to be shown of a signature: name, time and meaning.
 *
 * @param approval its event's id
 * @param account whose it is
 * @param displayName the signer's name when they signed; null once erased
 * @param recordedAt when it was given; null in the evidence of old deployments
 * @param comment what the signer remarked; null in the evidence of deployments
 * @param meaning what it stands for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApprovalView(String approval, String account, @Nullable String displayName, @Nullable Instant recordedAt,
        @Nullable String comment, String meaning) {

    /** An approval as a deployment was decided on it. */
    public static ApprovalView of(CountedApproval counted) {
        return new ApprovalView(counted.approval(), counted.account(), null, counted.recordedAt(), null,
                Meaning.said(counted.meaning()));
    }

    /** The same approval with its signer's name. */
    public ApprovalView named(Map<String, String> names) {
        return new ApprovalView(approval, account, names.get(approval), recordedAt, comment, meaning);
    }
}
