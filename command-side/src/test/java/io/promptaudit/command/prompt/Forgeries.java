package io.promptaudit.command.prompt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import io.promptaudit.command.prompt.StoredTrail.Told;

/** What somebody who owns the store could do to a trail, so that a release looks right that was not. */
final class Forgeries {
    private final List<Told> events;
    private final Told deployment;

    private Forgeries(List<Told> events, Told deployment) {
        this.events = events;
        this.deployment = deployment;
    }

    /** Every forgery by its name; each answers whether it could be done. */
    static Map<String, Predicate<Forgeries>> all() {
        var all = new LinkedHashMap<String, Predicate<Forgeries>>();
        all.put("an approval dropped", f -> f.approval() != null && f.events.remove(f.approval()));
        all.put("an approval by the author", Forgeries::byAuthor);
        all.put("an approval by the deployer", Forgeries::byDeployer);
        all.put("more approvals required", f -> !f.is("emergency") && f.change(f.policy(), "requiredApprovals", 10));
        all.put("a freeze", f -> f.policy() != null && f.body(f.policy()).putObject("frozen").put("reason", "forged") != null);
        all.put("another revision", f -> f.deployment.payload().put("policyRevision", 99) != null);
        all.put("another digest", f -> f.deployment.payload().put("digest", "sha256:00") != null);
        all.put("another content", f -> f.written().payload().put("content", "forged") != null);
        all.put("a failed check", Forgeries::failed);
        all.put("a rejection that nobody withdrew", Forgeries::rejected);
        all.put("no emergency", f -> f.is("emergency") && f.body(f.policy()).path("requiredApprovals").asInt() > 0
                && f.deployment.payload().put("emergency", false) != null);
        all.put("an emergency without its ticket", f -> f.is("emergency") && f.deployment.payload().remove("ticket") != null);
        all.put("a deployer without the role", Forgeries::withoutGrants);
        return all;
    }

    /** Changes a trail about one of its deployments; false where it has none that the forgery fits. */
    static boolean forge(Predicate<Forgeries> forgery, List<Told> events, Random random) {
        List<Told> deployments = events.stream().filter(told -> told.is().equals("PromptDeployed")).toList();
        return !deployments.isEmpty()
                && forgery.test(new Forgeries(events, deployments.get(random.nextInt(deployments.size()))));
    }

    private boolean is(String flag) {
        return deployment.payload().path(flag).asBoolean();
    }

    private @Nullable Told approval() {
        var approvals = deployment.payload().path("approvals");
        return approvals.isEmpty() ? null : byId(approvals.get(0).path("approval").asString());
    }

    private @Nullable Told byId(String id) {
        return events.stream().filter(told -> told.id().equals(id)).findFirst().orElse(null);
    }

    private @Nullable Told policy() {
        return events.stream().filter(told -> told.is().equals("ReleasePolicyChanged")
                && told.payload().path("environment").equals(deployment.payload().path("environment"))
                && told.payload().path("revision").asLong() == deployment.payload().path("policyRevision").asLong()).findFirst()
                .orElse(null);
    }

    private ObjectNode body(@Nullable Told policy) {
        return policy == null ? deployment.payload().objectNode() : (ObjectNode) policy.payload().path("policy");
    }

    private boolean change(@Nullable Told policy, String field, int value) {
        return policy != null && body(policy).put(field, value) != null;
    }

    private Told written() {
        return events.stream().filter(told -> told.payload().has("content"))
                .skip(deployment.payload().path("version").asInt() - 1L).findFirst().orElseThrow();
    }

    private boolean byAuthor() {
        return approval() != null && !body(policy()).path("authorMayApprove").asBoolean()
                && become(approval(), written());
    }

    private boolean byDeployer() {
        return approval() != null && !body(policy()).path("approverMayDeploy").asBoolean()
                && !deployment.payload().has("schedule") && become(deployment, approval());
    }

    private static boolean become(@Nullable Told one, @Nullable Told other) {
        if (one == null || other == null) {
            return false;
        }
        one.metadata().removeAll();
        one.metadata().setAll(other.metadata());
        return true;
    }

    private boolean failed() {
        var checks = deployment.payload().path("checks");
        Told check = checks.isEmpty() ? null : byId(checks.get(0).path("check").asString());
        return check != null && check.payload().put("outcome", "failed") != null;
    }

    private boolean rejected() {
        BiPredicate<Told, Told> ofVersion = (one, other) -> one.payload().path("version").equals(other.payload().path("version"));
        int at = events.indexOf(deployment);
        return events.removeIf(told -> told.is().equals("RejectionWithdrawn") && ofVersion.test(told, deployment)
                && events.indexOf(told) < at);
    }

    private boolean withoutGrants() {
        String account = deployment.metadata().path("account").asString();
        int at = events.indexOf(deployment);
        for (int i = at - 1; i >= 0; i--) {
            Told told = events.get(i);
            if (told.aggregate().equals("account:" + account) && told.payload().has("grants")) {
                Told none = told.copy();
                none.payload().putArray("grants");
                events.add(at, new Told(none.aggregate(), "forged", "io.promptaudit.api.event.GrantsChanged", none.payload(),
                        none.metadata(), none.at()));
                return true;
            }
        }
        return false;
    }
}
