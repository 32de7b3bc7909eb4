package io.promptaudit.ledger.release;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.promptaudit.ledger.VerificationFailed;

/** Decides again what made versions active, or no more. */
final class DeploymentRules {
    private final PromptState prompt;
    private final Policies policies;
    private final Accounts accounts;

    DeploymentRules(PromptState prompt, Policies policies, Accounts accounts) {
        this.prompt = prompt;
        this.policies = policies;
        this.accounts = accounts;
    }

    void deployed(Act act) {
        Fields body = act.body();
        Version version = prompt.version(body);
        Actor deployer = deployer(act);
        Policy policy = policies.of(body.text("environment"));
        moved(act, policy);
        Rules.require(policy.frozen() == null
                && policy.freezeWindows().stream().noneMatch(window -> window.holds(act.decidedFrom(), act.at())), "frozen",
                "the environment was frozen by policy revision %s", policy.revision());
        Rules.require(version.rejections.isEmpty(), "version-rejected", "a rejection of the version stands");
        if (body.flag("emergency")) {
            Rules.require(policy.emergencyAllowed(), "emergency-not-allowed",
                    "policy revision %d allows no emergency deployments", policy.revision());
            String ticket = body.findText("ticket");
            Rules.require(ticket != null && !ticket.isBlank(), "emergency-needs-ticket", "there is no ticket");
            Rules.require(body.objects("approvals").isEmpty(), "counted-approvals", "an emergency counts no approvals");
        } else {
            approved(act, version, policy);
            Rules.require(policy.approverMayDeploy()
                    || version.approvals.stream().noneMatch(approval -> approval.by().sharesNameWith(deployer)),
                    "approver-may-not-deploy", "%s approved the version and deploys it", deployer);
        }
        checked(act, version, policy);
    }

    private void approved(Act act, Version version, Policy policy) {
        int number = (int) act.body().number("version");
        var count = new ApprovalCount(policy, version.approvals, policy.authorsSinceRelease()
                ? prompt.authorsSinceRelease(act.body().text("environment"), number)
                : version.author.names());
        count.requireEnough();
        List<Fields> said = act.body().objects("approvals");
        Rules.require(said.size() == count.counted().size(), "counted-approvals",
                "the event counts %d approval(s), and %d count", said.size(), count.counted().size());
        for (int i = 0; i < said.size(); i++) {
            Signature counts = count.counted().get(i);
            Rules.require(said.get(i).text("approval").equals(counts.event())
                    && said.get(i).text("account").equals(counts.by().account())
                    && isSameMoment(said.get(i), counts), "counted-approvals",
                    "the event counts the approval %s, and %s of %s counts", said.get(i).text("approval"),
                    counts.event(), counts.by());
        }
    }

    /** The stored time of the approval may have fewer digits than the one that the server remembered. */
    private static boolean isSameMoment(Fields said, Signature counts) {
        return Optional.ofNullable(said.findInstant("recordedAt"))
                .map(at -> at.truncatedTo(ChronoUnit.MILLIS).equals(counts.at().truncatedTo(ChronoUnit.MILLIS))).orElse(true);
    }

    private static void checked(Act act, Version version, Policy policy) {
        var counted = new ArrayList<String>();
        for (String name : policy.requiredChecks()) {
            Version.Check check = version.checks.get(name);
            if (check == null || !check.passed()) {
                throw new VerificationFailed("required-checks: policy revision %d requires the check %s, which has not passed"
                        .formatted(policy.revision(), name));
            }
            counted.add(check.event());
        }
        Rules.require(act.body().objects("checks").stream().map(check -> check.text("check")).toList().equals(counted),
                "counted-checks", "the checks that count are %s", Rules.list(counted));
    }

    /** Who separation of duties takes for the deployer: of a schedule, whoever made it. */
    private Actor deployer(Act act) {
        String environment = act.body().text("environment");
        String id = act.body().findText("schedule");
        if (id == null) {
            Permissions.requireDeployer(accounts.of(act), act, environment);
            return act.by();
        }
        PromptState.Schedule schedule = waiting(act, id);
        Rules.require(!act.body().flag("emergency") && !act.at().plus(Act.SLACK).isBefore(schedule.said().instant("at")),
                "schedule", "it is an emergency, or comes before its moment");
        Rules.require(Set.of("version", "environment", "reason").stream()
                .allMatch(name -> schedule.said().value(name).equals(act.body().value(name)))
                && Objects.equals(schedule.said().findText("ticket"), act.body().findText("ticket")), "schedule",
                "it is not what was scheduled");
        Permissions.requireDeployer(accounts.of(schedule.by(), "schedule", act.decidedFrom()), act, environment);
        return schedule.by();
    }

    /** The schedule, which the server ends for whoever made it. */
    PromptState.Schedule waiting(Act act, String id) {
        PromptState.Schedule schedule = prompt.schedules.get(id);
        if (schedule == null) {
            throw new VerificationFailed("schedule-not-pending: no such schedule waits");
        }
        Rules.require(act.by().isServer() && act.by().person().equals(schedule.by().person()), "schedule",
                "it was scheduled by %s, and the event says %s", schedule.by(), act.by());
        return schedule;
    }

    void rolledBack(Act act) {
        Fields body = act.body();
        String environment = body.text("environment");
        Permissions.requireDeployer(accounts.of(act), act, environment);
        prompt.version(body);
        Deployments there = prompt.in(environment);
        moved(act, policies.of(environment));
        var targets = new ArrayList<String>();
        there.before().stream().filter(release -> !isActive(there, release.version) && prompt.isProper(release)).findFirst()
                .ifPresent(release -> targets.add(release.event));
        there.releases.reversed().stream()
                .filter(release -> release.version == body.number("version") && prompt.isProper(release))
                .findFirst().ifPresent(release -> targets.add(release.event));
        Rules.require(targets.contains(body.text("restores"))
                && there.releases.stream().anyMatch(release -> release.event.equals(body.text("restores"))
                        && release.version == body.number("version")),
                "rollback-target-not-released",
                "what it restores was not properly released there, or was rejected or revoked since");
    }

    private static boolean isActive(Deployments there, int version) {
        return there.active != null && there.active.version() == version;
    }

    /** What a deployment and a rollback have in common. */
    private void moved(Act act, Policy policy) {
        Fields body = act.body();
        Rules.require(!prompt.archived, "archived", "the prompt is archived");
        Rules.require(body.number("policyRevision") == policy.revision(), "policy-revision",
                "it names policy revision %d, and %d was in force", body.number("policyRevision"), policy.revision());
        Rules.require(body.text("digest").equals(prompt.version(body).digest), "digest",
                "it names another digest than the version's");
        Deployments.Active active = prompt.in(body.text("environment")).active;
        Rules.require(active == null || active.version() != body.number("version"), "already-active",
                "the version is active there");
        Fields replaced = body.findObject("replaced");
        Rules.require(active == null
                ? replaced == null
                : replaced != null && replaced.number("version") == active.version()
                        && replaced.text("deployment").equals(active.event()),
                "replaced", "it replaces something else than what was active");
    }

    void withdrawn(Act act) {
        Fields body = act.body();
        Permissions.requireDeployer(accounts.of(act), act, body.text("environment"));
        policies.of(body.text("environment"));
        Deployments.Active active = prompt.in(body.text("environment")).active;
        Rules.require(active != null && active.version() == body.number("version")
                && active.event().equals(body.text("deployment")), "nothing-active", "what it withdraws was not active there");
    }

    void reviewed(Act act) {
        Fields body = act.body();
        Release release = prompt.in(body.text("environment")).releases.stream()
                .filter(each -> each.event.equals(body.text("deployment"))).findFirst()
                .orElseThrow(() -> new VerificationFailed("no-open-emergency: there is no such deployment"));
        Rules.require(release.isOpenEmergency() && release.version == body.number("version"), "no-open-emergency",
                "there is no debt to close, or of another version");
        Rules.require(!release.deployer.sharesNameWith(act.by()), "deployer-may-not-review",
                "%s deployed and reviews it", act.by());
    }
}
