package io.promptaudit.server.e2e;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.tile.TileSource;
import io.promptaudit.ledger.verification.LeafCheck;
import io.promptaudit.ledger.verification.LedgerVerification;

import static org.assertj.core.api.Assertions.assertThat;

/** Receipts as writers keep them, and the keys that they were told at first: no restart may turn them void. */
final class Receipts {
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    private final Set<String> checked = new HashSet<>();
    private volatile byte[] keys = {};

    /** Keeps the keys of a server's ledger, the first time. */
    void learnKeys(ServerProcess server) {
        if (keys.length == 0) {
            keys = Objects.requireNonNull(server.admin().stranger().bytes("/ledger/policy"));
        }
    }

    /** Asks for the receipt of what was answered, and keeps it. */
    void keep(Api writer, String event) {
        kept.put(event, Objects.requireNonNull(writer.bytes("/ledger/receipts/" + event)));
    }

    /** Verifies the whole ledger as the server serves it, and every receipt that was kept since the last time. */
    void check(String when, ServerProcess server) {
        var unchecked = new HashMap<>(kept);
        unchecked.keySet().removeAll(checked);
        check(when, server, unchecked);
        checked.addAll(unchecked.keySet());
    }

    /** Verifies the whole ledger, and every receipt that was ever kept. */
    void checkAll(String when, ServerProcess server) {
        check(when, server, kept);
    }

    private void check(String when, ServerProcess server, Map<String, byte[]> receipts) {
        Api stranger = server.admin().stranger();
        TileSource served = (path, limit) -> stranger.bytes("/ledger/" + path);
        var verification = new LedgerVerification(served, TrustPolicy.parse(keys));
        verification.verify(new LeafCheck(), (done, size) -> {});
        receipts.forEach((event, receipt) -> verification.verifyReceipt(event, () -> receipt));
        assertThat(verification.findings().first()).as("%s: findings in the ledger with %d receipts", when, receipts.size())
                .isEmpty();
    }
}
