package io.promptaudit.api.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.VersionState;

/**
 * One version of a prompt.
 *
 * @param author who recorded it; for an imported version the importer
 * @param onBehalfOf the person that the author acted for, or null
 * @param approvals those that stand
 * @param rejections those that stand
 * @param checks every recorded check, oldest first
 * @param imported what the source claims, for a version nobody here witnessed; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionView(String prompt, int version, PromptType type, Content content, Map<String, Object> config, String note,
        String author, @Nullable String onBehalfOf, Instant recordedAt, String digest, VersionState state,
        List<ApprovalView> approvals,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RejectionView> rejections, List<CheckView> checks,
        @Nullable ImportView imported) {

    /** The same version with who approved it, by the ids of their approvals. */
    public VersionView signed(Map<String, Signatory> signatories) {
        return new VersionView(prompt, version, type, content, config, note, author, onBehalfOf, recordedAt, digest, state,
                approvals.stream().map(approval -> approval.signed(signatories)).toList(), rejections, checks, imported);
    }
}
