package io.promptaudit.server.ledger;

/**
 * The trust policy (C2SP tlog-policy) under which this ledger's own checkpoints are to be believed, as it is published.
 *
 * @param text the policy file
 */
public record PublishedPolicy(String text) {

    static PublishedPolicy of(LedgerKeys keys) {
        var policy = new StringBuilder();
        keys.verifiers().forEach(key -> policy.append("log ").append(key).append('\n'));
        return new PublishedPolicy(policy.append("quorum none\n").toString());
    }
}
