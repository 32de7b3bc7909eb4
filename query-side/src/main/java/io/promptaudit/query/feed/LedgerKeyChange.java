package io.promptaudit.query.feed;

import java.util.List;

/**
 * The ledger is signed with new keys.
 *
 * @param origin of the ledger
 * @param generation of the new keys
 * @param retired the verifier keys before
 * @param keys the verifier keys from now on
 */
public record LedgerKeyChange(String origin, int generation, List<String> retired, List<String> keys, String reason) {}
