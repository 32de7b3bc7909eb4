package io.promptaudit.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** What a signature stands for: the meanings that 21 CFR 11.50(a)(3) names. */
public enum Meaning {
    /** The signer wrote it. */
    AUTHORSHIP,
    /** The signer read and judged it. */
    REVIEW,
    /** The signer lets it be used. */
    APPROVAL,
    /** The signer answers for it. */
    RESPONSIBILITY;

    /** What is meant where nothing is said. */
    public static final Meaning DEFAULT = APPROVAL;

    /** The name in JSON: lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The meaning of this name; empty where there is none. */
    public static Optional<Meaning> find(String id) {
        return Arrays.stream(values()).filter(meaning -> meaning.id().equals(id)).findFirst();
    }

    /** What was said, or the default: events of earlier versions may say nothing, or something else. */
    public static String said(@Nullable String meaning) {
        return meaning == null ? DEFAULT.id() : meaning;
    }
}
