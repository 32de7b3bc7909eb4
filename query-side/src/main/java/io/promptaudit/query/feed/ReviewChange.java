package io.promptaudit.query.feed;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asked for a version's approval, gave it, refused it, or took one of these back.
 *
 * @param digest what was approved
 * @param text the note, comment or reason
 * @param meaning what an approval stands for
 * @param reviewers who was asked; empty means anyone
 * @param ended the ids of the approvals or rejections that stand no longer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReviewChange(String prompt, int version, @Nullable String digest, @Nullable String text,
        @Nullable String meaning, @Nullable List<String> reviewers, @Nullable List<String> ended) {}
