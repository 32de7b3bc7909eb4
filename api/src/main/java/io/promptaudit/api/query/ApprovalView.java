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
 * @param account the account that gave it
 * @param onBehalfOf the person it acted for, or null
 * @param displayName the account's name when it signed; null once erased
 * @param recordedAt when it was given; null in the evidence of old deployments
 * @param comment what the signer remarked; null in the evidence of deployments
 * @param meaning what it stands for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApprovalView(String approval, String account, @Nullable String onBehalfOf, @Nullable String displayName,
        @Nullable Instant recordedAt, @Nullable String comment, String meaning) {

    /** An approval as a deployment was decided on it. */
    public static ApprovalView of(CountedApproval counted) {
        return new ApprovalView(counted.approval(), counted.account(), null, null, counted.recordedAt(), null,
                Meaning.said(counted.meaning()));
    }

    /** The same approval with who signed it, by its id; as it is where that is not known. */
    public ApprovalView signed(Map<String, Signatory> signatories) {
        var signatory = signatories.get(approval);
        return signatory == null
                ? this
                : new ApprovalView(approval, account, signatory.onBehalfOf(), signatory.displayName(), recordedAt, comment,
                        meaning);
    }
}
