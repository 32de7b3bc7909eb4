package io.promptaudit.command.prompt;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Verdict;
import io.promptaudit.command.trail.Actor;

/**
 * One deployment of a version to an environment, as far as later decisions need it.
 *
 * @param approvals the event ids of the approvals it was decided on
 * @param verdict how an emergency was judged; null while its debt is open
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Release(String deployment, int version, Actor deployer, boolean emergency, List<String> approvals,
        @Nullable Verdict verdict) {

    /** A snapshot leaves empty parts out. */
    @SuppressWarnings("NullAway")
    Release {
        approvals = approvals == null ? List.of() : approvals;
    }

    boolean isOpenEmergency() {
        return emergency && verdict == null;
    }

    /** Whether it was properly released, and neither rejected nor revoked since. */
    boolean isProper(VersionFacts facts) {
        return (!emergency || verdict == Verdict.GOOD) && facts.rejections().isEmpty()
                && facts.approvals().stream().map(Signature::event).toList().containsAll(approvals);
    }

    Release judged(Verdict judgement) {
        return new Release(deployment, version, deployer, emergency, approvals, judgement);
    }
}
