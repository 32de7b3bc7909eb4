package io.promptaudit.ledger.release;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** One deployment, and what became of its debt if it was an emergency. */
final class Release {
    final String event;
    final int version;
    final Actor deployer;
    final boolean emergency;
    /** The events of the approvals that it was decided on. */
    final List<String> approvals;
    /** Of an emergency's review: {@code good} or {@code bad}; null while there is none. */
    @Nullable
    String verdict;

    Release(String event, int version, Actor deployer, boolean emergency, List<String> approvals) {
        this.event = event;
        this.version = version;
        this.deployer = deployer;
        this.emergency = emergency;
        this.approvals = approvals;
    }

    boolean isOpenEmergency() {
        return emergency && verdict == null;
    }

    /** Whether it was a proper release, and nobody has rejected its version or revoked its approvals since. */
    boolean isProper(Version of) {
        return (!emergency || "good".equals(verdict)) && of.rejections.isEmpty() && of.approvalEvents().containsAll(approvals);
    }
}
