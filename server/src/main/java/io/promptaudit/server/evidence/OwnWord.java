package io.promptaudit.server.evidence;

import io.promptaudit.ledger.verification.Findings;

/**
 * What the server found when it verified a pack that it was writing: its own word, and no more than that.
 *
 * @param events how many events were compared with their entries
 * @param entries how many entries were compared with the tree
 * @param lastRecorded the stored time of the last event that the checkpoint covers, in the pack or not
 * @param findings what did not hold
 */
record OwnWord(long events, long entries, String lastRecorded, Findings findings) {}
