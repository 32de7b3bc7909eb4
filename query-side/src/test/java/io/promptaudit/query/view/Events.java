package io.promptaudit.query.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Cancellation;
import io.promptaudit.api.Content;
import io.promptaudit.api.Grant;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.Rule;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.ApprovalRequested;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.CountedApproval;
import io.promptaudit.api.event.DeploymentScheduled;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.api.event.ScheduleCancelled;
import io.promptaudit.api.event.VersionImported;

/** Events as short as a test can say them. */
public final class Events {
    private Events() {}

    public static PromptCreated created(String prompt) {
        return created(prompt, "Hello, {{name}}");
    }

    public static PromptCreated created(String prompt, String text, String... tags) {
        return new PromptCreated(prompt, PromptType.TEXT, new Content.Text(text), Map.of("model", "m-1"), "first", "sha256:1",
                "Title of " + prompt, null, null, List.of(tags));
    }

    public static PromptEdited edited(String prompt, int version) {
        return edited(prompt, version, "Hello again");
    }

    public static PromptEdited edited(String prompt, int version, String text) {
        return new PromptEdited(prompt, version, version - 1, PromptType.TEXT, new Content.Text(text), Map.of(), "better",
                "sha256:" + version);
    }

    public static VersionImported imported(String prompt, int version) {
        return new VersionImported(prompt, version, PromptType.TEXT, new Content.Text("old"), Map.of(), "was", "sha256:i",
                "Imported", "Ada", "2019-05-01T00:00:00Z", "abc123");
    }

    public static ApprovalRequested requested(String prompt, int version, String... reviewers) {
        return new ApprovalRequested(prompt, version, "please", List.of(reviewers));
    }

    public static PromptApproved approved(String prompt, int version) {
        return new PromptApproved(prompt, version, "sha256:" + version, "fine", null);
    }

    public static PromptDeployed deployed(String prompt, int version, String environment) {
        return deployed(prompt, version, environment, false, null);
    }

    public static PromptDeployed deployed(String prompt, int version, String environment, boolean emergency,
            @Nullable ActiveDeployment replaced) {
        return new PromptDeployed(prompt, version, environment, "sha256:" + version, "release", emergency ? "INC-1" : null,
                emergency, 3, List.of(new CountedApproval("event-0", "bob")), List.of(), replaced, null);
    }

    public static DeploymentScheduled scheduled(String prompt, int version, String environment) {
        return new DeploymentScheduled(prompt, version, environment, "sha256:" + version, Instant.parse("2026-03-01T22:00:00Z"),
                "at night", "CHG-9");
    }

    public static ScheduleCancelled cancelled(String prompt, int version, String environment, String schedule,
            Cancellation cause, @Nullable Rule rule, @Nullable String reason) {
        return new ScheduleCancelled(prompt, version, environment, schedule, cause, rule, rule == null ? null : 3L, reason);
    }

    public static PromptWithdrawn withdrawn(String prompt, int version, String environment, String deployment) {
        return new PromptWithdrawn(prompt, version, environment, deployment, "unsafe");
    }

    public static ReleasePolicyChanged policy(String environment, long revision, int approvals) {
        return new ReleasePolicyChanged(environment, revision, new ReleasePolicy(approvals, false, true, List.of(), true, null),
                "revision " + revision);
    }

    public static AccountCreated account(String id, Grant... grants) {
        return new AccountCreated(id, AccountKind.PERSON, null, "sealed:" + id, true, List.of(grants));
    }

    public static CommandRefused refused(String command, String target, @Nullable String prompt) {
        return new CommandRefused(command, target, prompt, prompt == null ? null : 1, null, Rule.MISSING_GRANT,
                "Only an editor may.", null);
    }
}
