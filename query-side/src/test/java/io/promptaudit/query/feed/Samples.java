package io.promptaudit.query.feed;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Cancellation;
import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.Content;
import io.promptaudit.api.CredentialKind;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Identity;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.SignInRefusal;
import io.promptaudit.api.Verdict;
import io.promptaudit.api.event.AccountClosed;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountDescribed;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountLocked;
import io.promptaudit.api.event.AccountUnlocked;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.AlertCleared;
import io.promptaudit.api.event.AlertRaised;
import io.promptaudit.api.event.ApprovalRequested;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.CheckRecorded;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.ContentRead;
import io.promptaudit.api.event.CountedApproval;
import io.promptaudit.api.event.CountedCheck;
import io.promptaudit.api.event.DelegateAllowed;
import io.promptaudit.api.event.DelegateWithdrawn;
import io.promptaudit.api.event.DeploymentScheduled;
import io.promptaudit.api.event.EmergencyReviewed;
import io.promptaudit.api.event.EpochOpened;
import io.promptaudit.api.event.GrantsChangeDeclined;
import io.promptaudit.api.event.GrantsChangeProposed;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.GroupsChangeDeclined;
import io.promptaudit.api.event.GroupsChangeProposed;
import io.promptaudit.api.event.GroupsChanged;
import io.promptaudit.api.event.IdentityLinked;
import io.promptaudit.api.event.KeyCreated;
import io.promptaudit.api.event.KeyRevoked;
import io.promptaudit.api.event.KeyRotated;
import io.promptaudit.api.event.LedgerKeysRotated;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.api.event.PolicyChangeDeclined;
import io.promptaudit.api.event.PolicyChangeProposed;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptArchived;
import io.promptaudit.api.event.PromptCommented;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptDescribed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.event.PromptRestored;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.api.event.RejectionWithdrawn;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.api.event.ScheduleCancelled;
import io.promptaudit.api.event.SettingChanged;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.api.event.VersionImported;

/** One event of each kind, with every field filled. */
final class Samples {
    static final String SECRET = "never-told";
    private static final String PROMPT = "clinical/intake";

    private Samples() {}

    static List<TrailEvent> all() {
        var text = new Content.Text(SECRET);
        var config = Map.<String, Object>of("model", SECRET);
        var before = new ActiveDeployment(2, "event-7");
        var grants = List.of(new Grant(Role.DEPLOYER, "clinical/**", List.of("production")));
        return List.of(
                new PromptCreated(PROMPT, PromptType.TEXT, text, config, "first draft", "sha256:01", "Intake", "Asks",
                        "ada", List.of("clinic")),
                new PromptEdited(PROMPT, 3, 2, PromptType.CHAT, text, config, "kinder", "sha256:03"),
                new VersionImported(PROMPT, 4, PromptType.TEXT, text, config, "from git", "sha256:04", "Intake", "bob",
                        "2024-05-06T07:08:09Z", "4f2a"),
                new PromptDescribed(PROMPT, "Intake", "Asks a patient", "ada", List.of("clinic", "intake")),
                new PromptArchived(PROMPT, "superseded"), new PromptRestored(PROMPT, "needed again"),
                new ApprovalRequested(PROMPT, 3, "please", List.of("rita")),
                new PromptApproved(PROMPT, 3, "sha256:03", "fine", "clinically safe"),
                new PromptRejected(PROMPT, 3, "too long"),
                new ApprovalRevoked(PROMPT, 3, List.of("event-5"), "second thoughts"),
                new RejectionWithdrawn(PROMPT, 3, List.of("event-6"), "short enough"),
                new CheckRecorded(PROMPT, 3, "evals", CheckOutcome.PASSED, "https://ci.example/1", "sha256:aa"),
                new PromptCommented(PROMPT, 3, "looks good"),
                new PromptDeployed(PROMPT, 3, "production", "sha256:03", "release", "T-1", true, 5,
                        List.of(new CountedApproval("event-5", "rita")), List.of(new CountedCheck("event-4", "evals")),
                        before, null),
                new DeploymentScheduled(PROMPT, 3, "production", "sha256:03", Instant.parse("2026-02-03T04:05:06Z"), "at night",
                        "T-2"),
                new ScheduleCancelled(PROMPT, 3, "production", "event-8", Cancellation.RULE, Rule.FROZEN, 5L, "is frozen"),
                new PromptRolledBack(PROMPT, 2, "production", "sha256:02", "worse answers", 5, "event-7",
                        new ActiveDeployment(3, "event-9")),
                new PromptWithdrawn(PROMPT, 3, "production", "event-9", "recalled"),
                new EmergencyReviewed(PROMPT, 3, "production", "event-9", Verdict.GOOD, "was right"),
                new ReleasePolicyChanged("production", 2, new ReleasePolicy(2, false, true, List.of("evals"), true,
                        new ReleasePolicy.Freeze("holidays")), "stricter"),
                new PolicyChangeProposed("production", 1, new ReleasePolicy(2, false, true, List.of("evals"), true,
                        new ReleasePolicy.Freeze("holidays")), "stricter"),
                new PolicyChangeDeclined("production", "event-3", "root", "too strict"),
                new AccountCreated("cora", AccountKind.AGENT, "ada", SECRET, true, grants),
                new GrantsChanged("cora", grants), new GrantsChangeProposed("cora", 1, grants),
                new GrantsChangeDeclined("cora", "event-3", "root", "not needed"),
                new GroupsChangeProposed("cora", 1, List.of("bots")),
                new GroupsChangeDeclined("cora", "event-3", "root", "not needed"), new PasswordSet("cora"),
                new IdentityLinked("cora", new Identity("https://login.example.org", "s-1")),
                new AccountErased("cora", "asked for it"),
                new AccountDescribed("cora", SECRET), new GroupsChanged("cora", List.of("bots")),
                new AccountLocked("cora", "runs wild"), new AccountUnlocked("cora", "mended"),
                new AccountClosed("cora", "retired"),
                new DelegateAllowed("ada", "cora", Instant.parse("2026-03-01T13:00:00Z")),
                new DelegateWithdrawn("ada", "cora"),
                new KeyCreated("cora", "pk-1", "build server", Instant.parse("2027-03-01T13:00:00Z"), grants),
                new KeyRotated("cora", "pk-1", Instant.parse("2026-03-02T13:00:00Z"), "pk-2", null),
                new KeyRevoked("cora", "pk-2"),
                new ContentRead(PROMPT, List.of(2, 3), "CompareVersions", "production"),
                new SettingChanged("promptaudit.four-eyes-admin", "false"),
                new AlertRaised("guards", "domain_event has no guard against its owner"), new AlertCleared("guards"),
                new EpochOpened(2, "example.org/trail/epoch-2", List.of("a key"), List.of("another"), "the disk was lost", 12,
                        null, null),
                new LedgerKeysRotated("example.org/trail/epoch-2", 2, List.of("a key"), List.of("another"), "once a year"),
                new CommandRefused("DeployPrompt", "prompt:" + PROMPT, PROMPT, 3, "production", Rule.REQUIRED_APPROVALS,
                        "Version 3 has 1 of 2 approvals.", 5L),
                new SignInRefused("cora", CredentialKind.PASSWORD, SignInRefusal.WRONG_CREDENTIAL, 3));
    }
}
