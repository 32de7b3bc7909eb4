package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;

/**
 * The ledger is signed with new keys. This event is the last that is signed with the old ones alone; for a while both sign.
 *
 * @param origin of the ledger, which stays
 * @param generation of the new keys, from 2
 * @param retired the verifier keys before (C2SP signed-note)
 * @param keys the verifier keys from now on
 * @param reason in the words of who decided
 */
@Revision("1")
public record LedgerKeysRotated(String origin, int generation, List<String> retired, List<String> keys, String reason)
        implements
            ServerEvent {

    /** Keeps its own copies of the keys. */
    public LedgerKeysRotated {
        retired = List.copyOf(retired);
        keys = List.copyOf(keys);
    }
}
