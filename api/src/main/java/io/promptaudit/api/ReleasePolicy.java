package io.promptaudit.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What an environment asks of a version before it may be active there. Always set whole. The fields after {@code frozen} are
 * in JSON only where they ask for something.
 *
 * @param requiredApprovals how many approvals must count, 0 to 10
 * @param authorMayApprove whether an author's approval of their own version counts
 * @param approverMayDeploy whether somebody whose approval stands, or who shares a name with it, may deploy the version
 * @param requiredChecks names of the checks whose latest outcome must be {@code passed}
 * @param emergencyAllowed whether approvals may be skipped, at the price of a debt
 * @param frozen why nothing may be deployed now, or null
 * @param authorsSinceRelease whether everybody counts as an author who wrote a version since the last proper release there
 * @param approvals by whom there must be approvals, beside {@code requiredApprovals}, which counts all
 * @param reauthenticateWithin how long before an approval its signer may have proved who they are, at most; null for ever
 * @param freezeWindows when nothing may be deployed
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReleasePolicy(int requiredApprovals, boolean authorMayApprove, boolean approverMayDeploy,
        List<String> requiredChecks, boolean emergencyAllowed, @Nullable Freeze frozen,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean authorsSinceRelease,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Slot> approvals,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Duration reauthenticateWithin,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FreezeWindow> freezeWindows) {

    /** The most approvals that a policy may require. */
    public static final int MOST_APPROVALS = 10;

    /** Keeps its own copies. */
    public ReleasePolicy {
        requiredChecks = List.copyOf(requiredChecks);
        approvals = List.copyOf(approvals);
        freezeWindows = List.copyOf(freezeWindows);
    }

    /** A policy that asks for nothing more. */
    public ReleasePolicy(int requiredApprovals, boolean authorMayApprove, boolean approverMayDeploy,
            List<String> requiredChecks, boolean emergencyAllowed, @Nullable Freeze frozen) {
        this(requiredApprovals, authorMayApprove, approverMayDeploy, requiredChecks, emergencyAllowed, frozen, false,
                List.of(), null, List.of());
    }

    @JsonCreator
    static ReleasePolicy of(int requiredApprovals, boolean authorMayApprove, boolean approverMayDeploy,
            List<String> requiredChecks, boolean emergencyAllowed, @Nullable Freeze frozen,
            @Nullable Boolean authorsSinceRelease, @Nullable List<Slot> approvals, @Nullable Duration reauthenticateWithin,
            @Nullable List<FreezeWindow> freezeWindows) {
        return new ReleasePolicy(requiredApprovals, authorMayApprove, approverMayDeploy, requiredChecks, emergencyAllowed,
                frozen, Boolean.TRUE.equals(authorsSinceRelease), approvals == null ? List.of() : approvals,
                reauthenticateWithin, freezeWindows == null ? List.of() : freezeWindows);
    }

    /** Whether a version needs anybody's approval at all. */
    public boolean requiresApprovals() {
        return requiredApprovals > 0 || !approvals.isEmpty();
    }

    /** A stop on deployments, and why. */
    public record Freeze(String reason) {}

    /**
     * Places for approvals, each to be filled by another person who belongs to the group or held the role for the prompt.
     *
     * @param role null where there is a group
     * @param group null where there is a role
     * @param count how many places, from 1
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Slot(@Nullable Role role, @Nullable String group, int count) {

        /** Whether somebody with these roles and groups may fill a place. */
        public boolean isFor(List<Role> roles, List<String> groups) {
            return role == null ? group != null && groups.contains(group) : roles.contains(role);
        }

        /** As many other places for the same. */
        public Slot times(int other) {
            return new Slot(role, group, other);
        }

        /** For whom, to read after a noun: {@code of the group medical}. */
        public String forWhom() {
            return role == null ? "of the group " + group : "with the role " + role.id();
        }
    }

    /** A stop on deployments from a moment, included, until another, excluded, and why. */
    public record FreezeWindow(Instant from, Instant until, String reason) {

        /** Whether the moment lies in the window. */
        public boolean contains(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(until);
        }
    }
}
