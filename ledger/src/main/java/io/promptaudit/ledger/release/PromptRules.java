package io.promptaudit.ledger.release;

import java.util.HexFormat;
import java.util.Map;

import io.promptaudit.ledger.encoding.CanonicalJson;
import io.promptaudit.ledger.encoding.JsonValue.JsonObject;
import io.promptaudit.ledger.encoding.Sha256;
import io.promptaudit.ledger.release.PromptState.Source;

/** Decides again whatever happened to one prompt. */
final class PromptRules {
    private final PromptState prompt;
    private final Policies policies;
    private final Accounts accounts;
    private final DeploymentRules deployments;
    private final ReviewRules reviews;

    PromptRules(PromptState prompt, Policies policies, Accounts accounts) {
        this.prompt = prompt;
        this.policies = policies;
        this.accounts = accounts;
        this.deployments = new DeploymentRules(prompt, policies, accounts);
        this.reviews = new ReviewRules(prompt, policies);
    }

    /**
     * Decides an event on those before it.
     *
     * @throws io.promptaudit.ledger.VerificationFailed by the rule that did not hold
     * @throws io.promptaudit.ledger.MalformedInput if the event has another form
     * @throws io.promptaudit.ledger.MissingEvidence if what decides is not told
     */
    void check(Act act) {
        Fields body = act.body();
        Rules.requireStream(act, "prompt:" + body.text("prompt"));
        boolean scheduled = act.type().equals("PromptDeployed") && body.findText("schedule") != null;
        boolean ended = act.type().equals("ScheduleCancelled") && !body.text("cause").equals("person");
        Rules.require(!act.by().isServer() || scheduled || ended, "missing-grant", "the server itself does no such thing");
        switch (act.type()) {
            case "PromptCreated", "PromptEdited" -> written(act, "editor");
            case "VersionImported" -> imported(act);
            case "PromptDescribed", "PromptCommented", "CheckRecorded", "ApprovalRequested" -> noted(act);
            case "PromptApproved" -> {
                var powers = accounts.of(act);
                Permissions.requireRole(powers, act, "reviewer");
                requireOpen();
                reviews.approved(act, powers);
            }
            case "PromptRejected" -> reviewer(act, () -> reviews.rejected(act));
            case "ApprovalRevoked" -> reviewer(act, () -> reviews.revoked(act));
            case "RejectionWithdrawn" -> reviewer(act, () -> reviews.rejectionWithdrawn(act));
            case "PromptDeployed" -> deployments.deployed(act);
            case "PromptRolledBack" -> deployments.rolledBack(act);
            case "PromptWithdrawn" -> deployments.withdrawn(act);
            case "EmergencyReviewed" -> {
                Permissions.requireRole(accounts.of(act), act, "reviewer");
                deployments.reviewed(act);
            }
            case "DeploymentScheduled" -> planned(act);
            case "ScheduleCancelled" -> cancelled(act);
            case "PromptArchived" -> archived(act);
            case "PromptRestored" -> {
                Permissions.requireRole(accounts.of(act), act, "editor");
                Rules.require(prompt.archived, "not-archived", "the prompt is not archived");
            }
            default -> throw Act.unknown(act.event());
        }
    }

    private void requireOpen() {
        Rules.require(!prompt.archived, "archived", "the prompt is archived");
    }

    private void written(Act act, String... roles) {
        Fields body = act.body();
        Permissions.requireRole(accounts.of(act), act, roles);
        requireOpen();
        boolean created = act.type().equals("PromptCreated");
        long version = created ? 1 : body.number("version");
        Rules.require(version == prompt.latest() + 1, "version-number",
                "version %d follows version %d", version, prompt.latest());
        if (act.type().equals("PromptEdited")) {
            Rules.require(prompt.latest() > 0 && body.number("basedOn") == prompt.latest(), "stale-version",
                    "it is based on version %d, and the latest was %d", body.number("basedOn"), prompt.latest());
        }
        Rules.require(body.text("digest").equals(digest(body)), "digest",
                "its digest is not that of its type, content and config");
    }

    private static String digest(Fields body) {
        byte[] canonical = CanonicalJson.encode(new JsonObject(Map.of("config", body.value("config"), "content",
                body.value("content"), "type", body.value("type"))));
        return "sha256:" + HexFormat.of().formatHex(Sha256.digest().digest(canonical));
    }

    private void imported(Act act) {
        written(act, "editor", "admin");
        Rules.require(!prompt.knows(Source.of(act.body())), "already-imported", "this line was imported before");
    }

    private void noted(Act act) {
        requireOpen();
        switch (act.type()) {
            case "PromptCommented" -> Permissions.requireRole(accounts.of(act), act, "editor", "reviewer");
            case "ApprovalRequested" -> {
                Permissions.requireRole(accounts.of(act), act, "editor");
                Rules.require(!prompt.version(act.body()).inReview, "already-in-review", "approval was asked for before");
            }
            default -> Permissions.requireRole(accounts.of(act), act, "editor");
        }
        if (act.type().equals("PromptDescribed")) {
            Rules.require(prompt.latest() > 0, "version-number", "there is no version yet");
        } else {
            prompt.version(act.body());
        }
    }

    private void reviewer(Act act, Runnable rules) {
        Permissions.requireRole(accounts.of(act), act, "reviewer");
        requireOpen();
        rules.run();
    }

    private void planned(Act act) {
        String environment = act.body().text("environment");
        Permissions.requireDeployer(accounts.of(act), act, environment);
        requireOpen();
        policies.of(environment);
        Rules.require(act.body().text("digest").equals(prompt.version(act.body()).digest), "digest",
                "it names another digest than the version's");
    }

    private void cancelled(Act act) {
        Fields body = act.body();
        PromptState.Schedule schedule = prompt.schedules.get(body.text("schedule"));
        Rules.require(schedule != null && schedule.said().number("version") == body.number("version")
                && schedule.said().text("environment").equals(body.text("environment")), "schedule-not-pending",
                "no such schedule waits");
        if (body.text("cause").equals("person")) {
            Permissions.requireDeployer(accounts.of(act), act, body.text("environment"));
        } else {
            deployments.waiting(act, body.text("schedule"));
        }
    }

    private void archived(Act act) {
        Permissions.requireRole(accounts.of(act), act, "editor");
        requireOpen();
        Rules.require(prompt.latest() > 0 && prompt.environments.values().stream().allMatch(there -> there.active == null),
                "still-active", "the prompt is active somewhere");
    }
}
