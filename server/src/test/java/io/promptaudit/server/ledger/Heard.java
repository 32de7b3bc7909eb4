package io.promptaudit.server.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.proof.Receipt;
import io.promptaudit.ledger.tree.Hash;

import static org.assertj.core.api.Assertions.assertThat;

/** What a ledger signed and answered over all its lives: what it can be held to. */
final class Heard {
    private final Map<String, Map<Long, Hash>> signed = new HashMap<>();
    private final List<Answer> answers = new ArrayList<>();

    /** A receipt that a writer was answered with. */
    record Answer(String event, long position, Receipt receipt) {}

    /** Adds what one life said. */
    void add(List<List<String>> said) {
        for (List<String> words : said) {
            switch (words.getFirst()) {
                case WatchedSealing.SIGNED -> add(Checkpoint.parse(new String(decoded(words.get(1)), StandardCharsets.UTF_8)));
                case KilledSealer.RECEIPT ->
                    add(new Answer(words.get(1), Long.parseLong(words.get(2)), Receipt.parse(decoded(words.get(3)))));
                default -> {
                }
            }
        }
    }

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private void add(Checkpoint checkpoint) {
        Hash before = signed.computeIfAbsent(checkpoint.origin(), origin -> new TreeMap<>()).putIfAbsent(checkpoint.size(),
                checkpoint.root());
        assertThat(checkpoint.root()).as("the root that is signed for the size %d", checkpoint.size())
                .isEqualTo(before == null ? checkpoint.root() : before);
    }

    private void add(Answer answer) {
        Checkpoint checkpoint = Checkpoint.parse(answer.receipt().checkpoint().text());
        assertThat(signed(checkpoint.origin())).as("no receipt is under what was not signed").containsEntry(checkpoint.size(),
                checkpoint.root());
        answers.add(answer);
    }

    /** Every size that was signed under this origin, and its root. */
    Map<Long, Hash> signed(String origin) {
        return signed.getOrDefault(origin, Map.of());
    }

    List<Answer> answers() {
        return answers;
    }
}
