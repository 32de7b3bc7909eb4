package io.promptaudit.server.evidence;

import java.util.List;
import java.util.stream.Stream;

import io.promptaudit.ledger.verification.Finding;
import io.promptaudit.ledger.verification.Findings;
import io.promptaudit.ledger.verification.Verdict;

/**
 * What the server found when it verified a pack that it was writing: its own word, and no more than that.
 *
 * @param events how many events were compared with their entries
 * @param entries how many entries were compared with the tree
 * @param lastRecorded the stored time of the last event that the checkpoint covers, in the pack or not
 * @param ofEvents what was found of events and receipts
 * @param ofLedger what was found of entries, tiles and checkpoint
 */
record OwnWord(long events, long entries, String lastRecorded, Findings ofEvents, Findings ofLedger) {

    boolean isGood() {
        return ofEvents.verdict() == Verdict.GOOD && ofLedger.verdict() == Verdict.GOOD;
    }

    long count() {
        return ofEvents.count() + ofLedger.count();
    }

    /** The first of what was found. */
    List<Finding> first() {
        return Stream.concat(ofEvents.first().stream(), ofLedger.first().stream()).toList();
    }
}
