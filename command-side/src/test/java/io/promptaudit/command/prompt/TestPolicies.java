package io.promptaudit.command.prompt;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.ReleasePolicy.FreezeWindow;
import io.promptaudit.api.ReleasePolicy.Slot;
import io.promptaudit.command.environment.Policies;

/** Policies that a test sets; those of the first start to begin with. */
final class TestPolicies implements Policies {
    static final String STAGING = "staging";
    static final String PRODUCTION = "production";

    private final Map<String, PolicyInForce> policies = new LinkedHashMap<>();

    TestPolicies() {
        set(STAGING, new ReleasePolicy(0, true, true, List.of(), true, null));
        set(PRODUCTION, new ReleasePolicy(1, false, true, List.of(), true, null));
    }

    void set(String environment, ReleasePolicy policy) {
        long revision = of(environment).map(PolicyInForce::revision).orElse(0L) + 1;
        policies.put(environment, new PolicyInForce(policy, revision));
    }

    void change(String environment, UnaryOperator<ReleasePolicy> how) {
        set(environment, how.apply(of(environment).orElseThrow().policy()));
    }

    void freeze(String environment, String reason) {
        change(environment, p -> new ReleasePolicy(p.requiredApprovals(), p.authorMayApprove(), p.approverMayDeploy(),
                p.requiredChecks(), p.emergencyAllowed(), new ReleasePolicy.Freeze(reason)));
    }

    void requireChecks(String environment, String... checks) {
        change(environment, p -> new ReleasePolicy(p.requiredApprovals(), p.authorMayApprove(), p.approverMayDeploy(),
                List.of(checks), p.emergencyAllowed(), p.frozen()));
    }

    void requireApprovals(String environment, int approvals, boolean authorMayApprove, boolean approverMayDeploy) {
        change(environment, p -> new ReleasePolicy(approvals, authorMayApprove, approverMayDeploy, p.requiredChecks(),
                p.emergencyAllowed(), p.frozen()));
    }

    void askForPlaces(String environment, Slot... places) {
        ask(environment, false, null, List.of(places));
    }

    void askForFreshSignIns(String environment, Duration within) {
        ask(environment, false, within, List.of());
    }

    void countAuthorsSinceRelease(String environment) {
        ask(environment, true, null, List.of());
    }

    private void ask(String environment, boolean authorsSinceRelease, @Nullable Duration within, List<Slot> places) {
        change(environment, p -> new ReleasePolicy(p.requiredApprovals(), p.authorMayApprove(), p.approverMayDeploy(),
                p.requiredChecks(), p.emergencyAllowed(), p.frozen(), authorsSinceRelease, places, within, List.of()));
    }

    void freeze(String environment, FreezeWindow... windows) {
        change(environment, p -> new ReleasePolicy(p.requiredApprovals(), p.authorMayApprove(), p.approverMayDeploy(),
                p.requiredChecks(), p.emergencyAllowed(), p.frozen(), false, List.of(), null, List.of(windows)));
    }

    void forbidEmergencies(String environment) {
        change(environment, p -> new ReleasePolicy(p.requiredApprovals(), p.authorMayApprove(), p.approverMayDeploy(),
                p.requiredChecks(), false, p.frozen()));
    }

    @Override
    public Optional<PolicyInForce> of(String environment) {
        return Optional.ofNullable(policies.get(environment));
    }

    @Override
    public Map<String, PolicyInForce> all() {
        return policies;
    }
}
