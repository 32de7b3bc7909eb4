package io.promptaudit.ledger.policy;

import java.util.List;
import java.util.Set;

import io.promptaudit.ledger.note.VerifierKey;

/** Which cosignatures are enough (C2SP tlog-policy, section Defining the quorum). */
sealed interface Quorum {
    /** Whether these witnesses are enough. */
    boolean isReachedBy(Set<VerifierKey> witnesses);

    /** No witness is needed. */
    record None() implements Quorum {
        @Override
        public boolean isReachedBy(Set<VerifierKey> witnesses) {
            return true;
        }
    }

    /** This one is needed. */
    record Witness(VerifierKey key) implements Quorum {
        @Override
        public boolean isReachedBy(Set<VerifierKey> witnesses) {
            return witnesses.contains(key);
        }
    }

    /** So many of these are needed. */
    record Group(int threshold, List<Quorum> members) implements Quorum {
        @Override
        public boolean isReachedBy(Set<VerifierKey> witnesses) {
            return members.stream().filter(member -> member.isReachedBy(witnesses)).count() >= threshold;
        }
    }
}
