package io.promptaudit.command.validation;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.ReleasePolicy.FreezeWindow;
import io.promptaudit.api.ReleasePolicy.Slot;
import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;

/** The rules for release policies. */
final class PolicyRules {
    private static final int MOST_CHECKS = 50;
    private static final int MOST_WINDOWS = 50;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    private PolicyRules() {}

    static void check(ChangePolicy command) {
        Texts.present("policy", command.policy());
        Texts.required("reason", command.reason(), Texts.LONGEST_REMARK);
        ReleasePolicy policy = command.policy();
        if (policy.requiredApprovals() < 0 || policy.requiredApprovals() > ReleasePolicy.MOST_APPROVALS) {
            throw new InvalidValue("requiredApprovals", "must be from 0 to " + ReleasePolicy.MOST_APPROVALS);
        }
        List<String> checks = policy.requiredChecks();
        Texts.unique("requiredChecks", checks, MOST_CHECKS);
        for (int i = 0; i < checks.size(); i++) {
            Texts.required("requiredChecks[" + i + "]", checks.get(i), EvidenceRules.LONGEST_CHECK_NAME);
        }
        ReleasePolicy.Freeze frozen = policy.frozen();
        if (frozen != null) {
            Texts.required("frozen.reason", frozen.reason(), Texts.LONGEST_REMARK);
        }
        slots(policy.approvals());
        reauthentication(policy.reauthenticateWithin());
        windows(policy.freezeWindows());
    }

    private static void slots(List<Slot> slots) {
        int places = 0;
        for (int i = 0; i < slots.size(); i++) {
            String field = "approvals[" + i + "]";
            Slot slot = slots.get(i);
            if ((slot.role() == null) == (slot.group() == null)) {
                throw new InvalidValue(field, "must have a role or a group, and not both");
            }
            if (slot.group() != null) {
                Names.group(field + ".group", slot.group());
            }
            if (slot.count() < 1 || slot.count() > ReleasePolicy.MOST_APPROVALS) {
                throw new InvalidValue(field + ".count", "must be from 1 to " + ReleasePolicy.MOST_APPROVALS);
            }
            if (slots.subList(0, i).stream().anyMatch(other -> other.times(slot.count()).equals(slot))) {
                throw new InvalidValue(field, "must not be for the same role or group as another");
            }
            places += slot.count();
            if (places > ReleasePolicy.MOST_APPROVALS) {
                throw new InvalidValue("approvals", "must have at most %d places in all".formatted(ReleasePolicy.MOST_APPROVALS));
            }
        }
    }

    private static void reauthentication(@Nullable Duration within) {
        if (within != null && (within.compareTo(SHORTEST) < 0 || within.compareTo(LONGEST) > 0)) {
            throw new InvalidValue("reauthenticateWithin", "must be from PT1S to P30D");
        }
    }

    private static void windows(List<FreezeWindow> windows) {
        if (windows.size() > MOST_WINDOWS) {
            throw new InvalidValue("freezeWindows", "must have at most %d entries".formatted(MOST_WINDOWS));
        }
        for (int i = 0; i < windows.size(); i++) {
            String field = "freezeWindows[" + i + "]";
            FreezeWindow window = windows.get(i);
            Texts.present(field + ".from", window.from());
            Texts.present(field + ".until", window.until());
            Texts.required(field + ".reason", window.reason(), Texts.LONGEST_REMARK);
            if (!window.from().isBefore(window.until())) {
                throw new InvalidValue(field + ".until", "must be later than from");
            }
        }
    }
}
