package io.promptaudit.server.ledger;

import java.util.function.Supplier;

/** The trust policy (C2SP tlog-policy) under which this ledger's own checkpoints are to be believed, as it is published. */
public final class PublishedPolicy {
    private final Supplier<String> text;

    /** Publishes what {@code text} gives. */
    public PublishedPolicy(Supplier<String> text) {
        this.text = text;
    }

    /** Of every key that the ledger ever had, as far as it is on record, those that sign now first. */
    static PublishedPolicy of(Epochs epochs, PublishedCheckpoints checkpoints) {
        return new PublishedPolicy(() -> {
            var policy = new StringBuilder();
            epochs.everyVerifier().forEach(key -> policy.append("log ").append(key).append('\n'));
            return policy.append(checkpoints.witnessPolicy()).toString();
        });
    }

    /** The policy file. */
    public String text() {
        return text.get();
    }
}
