package io.promptaudit.api;

import org.jspecify.annotations.Nullable;

/** A command that a rule refused. The refusal itself is recorded as an event; nothing else changed. */
public class CommandRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Rule rule;
    private final @Nullable Long policyRevision;

    /** A refusal that no release policy decided. */
    public CommandRejected(Rule rule, String detail) {
        this(rule, detail, null);
    }

    /**
     * @param detail one sentence: what is missing and who could provide it
     * @param policyRevision the revision of the release policy that decided, or null
     */
    public CommandRejected(Rule rule, String detail, @Nullable Long policyRevision) {
        super(detail);
        this.rule = rule;
        this.policyRevision = policyRevision;
    }

    /** The rule that refused. */
    public Rule rule() {
        return rule;
    }

    /** The revision of the release policy that decided, or null. */
    public @Nullable Long policyRevision() {
        return policyRevision;
    }
}
