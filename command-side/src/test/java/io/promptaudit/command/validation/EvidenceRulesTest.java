package io.promptaudit.command.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.ReleasePolicy.FreezeWindow;
import io.promptaudit.api.ReleasePolicy.Slot;
import io.promptaudit.api.Role;
import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;
import io.promptaudit.api.command.PromptCommand.ApprovePrompt;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.api.command.PromptCommand.EditPrompt;
import io.promptaudit.api.command.PromptCommand.RecordCheck;
import io.promptaudit.api.command.PromptCommand.RequestApproval;
import io.promptaudit.api.command.PromptCommand.RollBackPrompt;

import static io.promptaudit.command.validation.Commands.POLICY;
import static io.promptaudit.command.validation.Commands.TEXT;
import static io.promptaudit.command.validation.Commands.describe;
import static io.promptaudit.command.validation.Commands.imported;
import static io.promptaudit.command.validation.Commands.invalid;
import static io.promptaudit.command.validation.Commands.missing;
import static io.promptaudit.command.validation.Commands.passes;
import static io.promptaudit.command.validation.Commands.policy;

/** What may be attached to versions, and what releases may ask. */
@SuppressWarnings("NullAway")
class EvidenceRulesTest {
    @Test
    void isJudgedFieldByField() {
        invalid("meaning", new ApprovePrompt("p", 1, null, "whim"),
                "must be authorship, review, approval or responsibility");
        invalid("name", new RecordCheck("p", 1, "x".repeat(101), CheckOutcome.PASSED, null, null),
                "must have at most 100 characters");
        for (String url : List.of("ftp://example.org", "javascript:alert(1)", "https://", "https://exa mple.org", "/a")) {
            invalid("url", new RecordCheck("p", 1, "eval", CheckOutcome.PASSED, url, null),
                    "must be an http or https address");
        }
        invalid("digest", new RecordCheck("p", 1, "eval", CheckOutcome.PASSED, null, "sha256:ABC"),
                "must be sha256: and 64 lower-case hexadecimal digits");
        invalid("reviewers[1]", new RequestApproval("p", 1, null, List.of("bob", "b:b")),
                "must be 1 to 64 of A-Z a-z 0-9 . _ @ - and begin with a letter or digit");
        invalid("reviewers[1]", new RequestApproval("p", 1, null, List.of("bob", "bob")), "must not be given twice");
    }

    @Test
    void hasTags() {
        invalid("tags[1]", describe(null, null, null, List.of("a", "a")), "must not be given twice");
        invalid("tags[0]", describe(null, null, null, List.of("a,b")), "must not contain a comma or a control character");
        invalid("tags[0]", describe(null, null, null, List.of("a\nb")), "must not contain a comma or a control character");
        invalid("tags[0]", describe(null, null, null, List.of("")), "must not be blank");
        invalid("tags[0]", describe(null, null, null, List.of("x".repeat(65))), "must have at most 64 characters");
        invalid("tags", describe(null, null, null, IntStream.range(0, 51).mapToObj(i -> "t" + i).toList()),
                "must have at most 50 entries");
        invalid("body", describe(null, null, null, null),
                "must change at least one of title, description, owner and tags");
    }

    @Test
    void isWhatTheSourceClaims() {
        for (String at : List.of("2021-03-04", "2021-03-04T05:06:07", "yesterday", "", "2021-02-30T00:00:00Z")) {
            invalid("at", imported("n", at), "must be a time in ISO 8601 with an offset, such as 2026-01-31T09:30:00Z");
        }
        invalid("at", imported("n", "+12021-03-04T05:06:07Z"), "must be in the years 1 to 9999");
    }

    @Test
    void countFromOne() {
        invalid("version", new DeployPrompt("p", 0, "production", "r", null, false), "must be 1 or more");
        invalid("toVersion", new RollBackPrompt("p", "production", 0, "r"), "must be 1 or more");
        invalid("basedOn", new EditPrompt("p", 0, PromptType.TEXT, TEXT, Map.of(), "n"), "must be 1 or more");
    }

    @Test
    void havePolicies() {
        invalid("requiredApprovals", policy(-1, List.of(), null), "must be from 0 to 10");
        invalid("requiredApprovals", policy(11, List.of(), null), "must be from 0 to 10");
        invalid("requiredChecks[1]", policy(0, List.of("a", "a"), null), "must not be given twice");
        invalid("requiredChecks[0]", policy(0, List.of(" "), null), "must not be blank");
        invalid("frozen.reason", policy(0, List.of(), new ReleasePolicy.Freeze("")), "must not be blank");
        invalid("environment", new ChangePolicy("Production", POLICY, "r"),
                "must be 1 to 64 of a-z 0-9 . _ - and begin with a letter or digit");
    }

    @Test
    void havePlacesForApprovals() {
        String which = "must have a role or a group, and not both";
        invalid("approvals[0]", places(new Slot(null, null, 1)), which);
        invalid("approvals[1]", places(new Slot(Role.AUDITOR, null, 1), new Slot(Role.EDITOR, "medical", 1)), which);
        invalid("approvals[0].group", places(new Slot(null, "a,b", 1)),
                "must be 1 to 64 of A-Z a-z 0-9 . _ @ : / - and begin with a letter or digit");
        invalid("approvals[0].count", places(new Slot(null, "medical", 0)), "must be from 1 to 10");
        invalid("approvals[0].count", places(new Slot(null, "medical", 11)), "must be from 1 to 10");
        invalid("approvals[1]", places(new Slot(null, "medical", 1), new Slot(null, "medical", 2)),
                "must not be for the same role or group as another");
        invalid("approvals", places(new Slot(null, "medical", 6), new Slot(Role.AUDITOR, null, 5)),
                "must have at most 10 places in all");
        passes(places(new Slot(null, "medical", 5), new Slot(Role.AUDITOR, null, 5)));
    }

    @Test
    void haveSpansOfTime() {
        for (Duration within : List.of(Duration.ZERO, Duration.ofMillis(999), Duration.ofDays(30).plusMillis(1))) {
            invalid("reauthenticateWithin", times(within), "must be from PT1S to P30D");
        }
        passes(times(Duration.ofSeconds(1)));
        passes(times(Duration.ofDays(30)));
        var noon = Instant.parse("2026-03-01T12:00:00Z");
        invalid("freezeWindows[0].until", times(null, new FreezeWindow(noon, noon, "r")), "must be later than from");
        invalid("freezeWindows[0].reason", times(null, new FreezeWindow(noon, noon.plusMillis(1), " ")), "must not be blank");
        missing("freezeWindows[0].from", times(null, new FreezeWindow(null, noon, "r")));
        missing("freezeWindows[0].until", times(null, new FreezeWindow(noon, null, "r")));
        var windows = new FreezeWindow[51];
        Arrays.fill(windows, new FreezeWindow(noon, noon.plusMillis(1), "r"));
        invalid("freezeWindows", times(null, windows), "must have at most 50 entries");
    }

    private static ChangePolicy places(Slot... places) {
        return asking(List.of(places), null, List.of());
    }

    private static ChangePolicy times(Duration within, FreezeWindow... windows) {
        return asking(List.of(), within, List.of(windows));
    }

    private static ChangePolicy asking(List<Slot> places, Duration within, List<FreezeWindow> windows) {
        return new ChangePolicy("production",
                new ReleasePolicy(1, false, true, List.of(), true, null, true, places, within, windows), "r");
    }
}
