package io.promptaudit.api.query;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;

/** What an evidence pack would hold; answered by an {@link EvidenceScope}. For those who read everything. */
public sealed interface EvidenceQuery extends Query {

    /** A position that the pack must hold, or null. */
    @Nullable
    Long position();

    /** The beginning of the period that is asked about, or null. */
    @Nullable
    Instant from();

    /** The end of that period, which is not in it any more, or null. */
    @Nullable
    Instant to();

    /** The pack of one prompt. */
    record ExportPrompt(Caller caller, @Nullable Long position, String prompt, @Nullable Instant from,
            @Nullable Instant to) implements EvidenceQuery {}

    /** The pack of the whole trail. */
    record ExportTrail(Caller caller, @Nullable Long position, @Nullable Instant from,
            @Nullable Instant to) implements EvidenceQuery {}
}
