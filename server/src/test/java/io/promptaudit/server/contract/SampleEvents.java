package io.promptaudit.server.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Cancellation;
import io.promptaudit.api.ChatMessage;
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
final class SampleEvents {
    private static final String NAME = "clinical/\u0938\u0947\u0935\u0928";
    private static final String ENVIRONMENT = "production";
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final String EVENT = "0b0c8f5e-6d3f-4c2c-9d8e-5f1f6a7b8c9d";
    private static final String OTHER = "1f2e3d4c-5b6a-4798-8897-a6b5c4d3e2f1";
    private static final Instant MOMENT = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final Content TEXT = new Content.Text("Caf\u00e9 {{name}} \uD83D\uDE00\r\n\u200Fend");
    private static final Content CHAT = new Content.Chat(
            List.of(ChatMessage.of("system", "Be brief."), ChatMessage.placeholder("history"), ChatMessage.of("user", "{{q}}")));
    private static final Map<String, Object> CONFIG = Map.of("model", new TreeMap<>(
            Map.of("name", "m-1", "temperature", 0.25, "tokens", 4096, "stop", List.of("END"), "stream", false)));
    private static final ActiveDeployment REPLACED = new ActiveDeployment(11, OTHER);

    private SampleEvents() {}

    static List<TrailEvent> all() {
        return List.of(
                new PromptCreated(NAME, PromptType.TEXT, TEXT, CONFIG, "first", DIGEST, "Intake", "Asks", "ada",
                        List.of("triage", "de")),
                new PromptEdited(NAME, 12, 11, PromptType.CHAT, CHAT, CONFIG, "as a chat", DIGEST),
                new VersionImported(NAME, 3, PromptType.TEXT, TEXT, CONFIG, "why", DIGEST, "Intake", "Grace Hopper",
                        "2024-05-01T10:00:00+02:00", "c0ffee"),
                new PromptDescribed(NAME, "Intake", "Asks", "ada", List.of("triage")),
                new ApprovalRequested(NAME, 12, "please", List.of("ben")),
                new PromptApproved(NAME, 12, DIGEST, "good", "clinically safe"),
                new PromptRejected(NAME, 12, "too vague"),
                new ApprovalRevoked(NAME, 12, List.of(EVENT, OTHER), "new findings"),
                new RejectionWithdrawn(NAME, 12, List.of(EVENT), "clarified"),
                new CheckRecorded(NAME, 12, "evals", CheckOutcome.PASSED, "https://ci.example/1", DIGEST),
                new PromptCommented(NAME, 12, "hm"),
                new PromptDeployed(NAME, 12, ENVIRONMENT, DIGEST, "ready", "INC-7", true, 4,
                        List.of(new CountedApproval(EVENT, "ben")), List.of(new CountedCheck(OTHER, "evals")), REPLACED, null),
                new DeploymentScheduled(NAME, 12, ENVIRONMENT, DIGEST, Instant.parse("2026-03-01T22:00:00.500Z"), "at night",
                        "CHG-9"),
                new ScheduleCancelled(NAME, 12, ENVIRONMENT, EVENT, Cancellation.RULE, Rule.FROZEN, 4L, "production is frozen"),
                new PromptRolledBack(NAME, 12, ENVIRONMENT, DIGEST, "it misleads", 4, EVENT, REPLACED),
                new PromptWithdrawn(NAME, 12, ENVIRONMENT, EVENT, "no longer needed"),
                new EmergencyReviewed(NAME, 12, ENVIRONMENT, EVENT, Verdict.GOOD, "it was right"),
                new PromptArchived(NAME, "replaced"), new PromptRestored(NAME, "needed"),
                new ReleasePolicyChanged(ENVIRONMENT, 2,
                        new ReleasePolicy(2, false, true, List.of("evals"), true, new ReleasePolicy.Freeze("audit week")),
                        "audit"),
                new PolicyChangeProposed(ENVIRONMENT, 1,
                        new ReleasePolicy(2, false, true, List.of("evals"), true, new ReleasePolicy.Freeze("audit week")),
                        "audit"),
                new PolicyChangeDeclined(ENVIRONMENT, EVENT, "ada", "not now"),
                new AccountCreated("bot", AccountKind.AGENT, "ada", "c2VhbGVk", true,
                        List.of(new Grant(Role.EDITOR, "clinical/**"), new Grant(Role.DEPLOYER, "**", List.of("staging")))),
                new GrantsChanged("bot", List.of(new Grant(Role.AUDITOR, "**"))),
                new GrantsChangeProposed("bot", 1, List.of(new Grant(Role.AUDITOR, "**"))),
                new GrantsChangeDeclined("bot", EVENT, "ada", "not now"),
                new GroupsChangeProposed("bot", 1, List.of("bots", "nurses")),
                new GroupsChangeDeclined("bot", EVENT, "ada", "not now"), new PasswordSet("bot"),
                new IdentityLinked("bot", new Identity("https://login.example.org/realms/house", "248289761001")),
                new AccountErased("bot", "left"), new AccountDescribed("bot", "c2VhbGVk"),
                new GroupsChanged("bot", List.of("bots", "nurses")), new AccountLocked("bot", "runs wild"),
                new AccountUnlocked("bot", "mended"), new AccountClosed("bot", "retired"),
                new DelegateAllowed("ada", "bot", Instant.parse("2026-03-01T12:00:00.120Z")),
                new DelegateWithdrawn("ada", "bot"),
                new KeyCreated("bot", "pk-c2FtcGxl", "build server", Instant.parse("2027-03-01T12:00:00.120Z"),
                        List.of(new Grant(Role.EDITOR, "clinical/intake"))),
                new KeyRotated("bot", "pk-c2FtcGxl", Instant.parse("2026-03-02T12:00:00.120Z"), "pk-bmV4dA",
                        Instant.parse("2027-03-01T12:00:00.120Z")),
                new KeyRevoked("bot", "pk-bmV4dA"),
                new SettingChanged("promptaudit.four-eyes-admin", "false"),
                new AlertRaised("guards", "domain_event has no guard against its owner"), new AlertCleared("guards"),
                new EpochOpened(2, "example.org/trail/epoch-2", List.of("example.org/trail/epoch-2+530d903a+AekyeRr"),
                        List.of("example.org/trail/epoch-1+c74f20a3+ARpc2Qc"), "the disk was lost", 12,
                        "the database was set back", "example.org/trail/epoch-1\n15\n…"),
                new LedgerKeysRotated("example.org/trail/epoch-2", 2, List.of("example.org/trail/epoch-2+530d903a+AekyeRr"),
                        List.of("example.org/trail/epoch-2+c74f20a3+ARpc2Qc"), "once a year"),
                new CommandRefused("DeployPrompt", "prompt:" + NAME, NAME, 12, ENVIRONMENT, Rule.REQUIRED_APPROVALS,
                        "production requires 1 approval(s)", 4L),
                new SignInRefused("ada", CredentialKind.PASSWORD, SignInRefusal.WRONG_CREDENTIAL, 12),
                new ContentRead(NAME, List.of(11, 12), "CompareVersions", ENVIRONMENT));
    }

    /** Events with fields that came after their approved file, each by a word for them. */
    static Map<String, TrailEvent> extended() {
        return Map.of("signer",
                new PromptApproved(NAME, 12, DIGEST, "good", "approval", List.of(Role.REVIEWER, Role.AUDITOR), List.of("medical"),
                        MOMENT),
                "evidence",
                new PromptDeployed(NAME, 12, ENVIRONMENT, DIGEST, "ready", "INC-7", true, 4,
                        List.of(new CountedApproval(EVENT, "ben", MOMENT, "approval")),
                        List.of(new CountedCheck(OTHER, "evals")), REPLACED, null),
                "places",
                new ReleasePolicyChanged(ENVIRONMENT, 2,
                        new ReleasePolicy(2, false, true, List.of("evals"), true, new ReleasePolicy.Freeze("audit week"), true,
                                List.of(new ReleasePolicy.Slot(Role.AUDITOR, null, 1),
                                        new ReleasePolicy.Slot(null, "medical", 2)),
                                Duration.ofMinutes(15),
                                List.of(new ReleasePolicy.FreezeWindow(MOMENT, MOMENT.plusSeconds(3600), "holidays"))),
                        "audit"),
                "confirmed-policy",
                new ReleasePolicyChanged(ENVIRONMENT, 2, new ReleasePolicy(0, true, true, List.of(), true, null), "audit",
                        EVENT, "ada", "as agreed"),
                "confirmed-grants",
                new GrantsChanged("bot", List.of(new Grant(Role.AUDITOR, "**")), EVENT, "ada", "as agreed"),
                "confirmed-groups", new GroupsChanged("bot", List.of("bots"), EVENT, "ada", "as agreed"),
                "schedule", new PromptDeployed(NAME, 12, ENVIRONMENT, DIGEST, "at night", "CHG-9", false, 4,
                        List.of(new CountedApproval(EVENT, "ben")), List.of(new CountedCheck(OTHER, "evals")), REPLACED, EVENT));
    }

    /** The records that a sealed type permits, however deep. */
    static Stream<Class<?>> types(Class<?> of) {
        return of.isRecord() ? Stream.of(of) : Arrays.stream(of.getPermittedSubclasses()).flatMap(SampleEvents::types);
    }
}
