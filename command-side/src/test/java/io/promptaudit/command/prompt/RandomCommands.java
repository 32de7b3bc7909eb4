package io.promptaudit.command.prompt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.Grant;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.ReleasePolicy.FreezeWindow;
import io.promptaudit.api.ReleasePolicy.Slot;
import io.promptaudit.api.Role;
import io.promptaudit.api.Verdict;
import io.promptaudit.api.command.PromptCommand;
import io.promptaudit.api.command.PromptCommand.ArchivePrompt;
import io.promptaudit.api.command.PromptCommand.CancelSchedule;
import io.promptaudit.api.command.PromptCommand.CommentOnPrompt;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.api.command.PromptCommand.DescribePrompt;
import io.promptaudit.api.command.PromptCommand.ExecuteSchedule;
import io.promptaudit.api.command.PromptCommand.ImportVersion;
import io.promptaudit.api.command.PromptCommand.RecordCheck;
import io.promptaudit.api.command.PromptCommand.RequestApproval;
import io.promptaudit.api.command.PromptCommand.RestorePrompt;
import io.promptaudit.api.command.PromptCommand.ReviewEmergency;
import io.promptaudit.api.command.PromptCommand.RevokeApproval;
import io.promptaudit.api.command.PromptCommand.ScheduleDeployment;
import io.promptaudit.api.command.PromptCommand.WithdrawRejection;
import io.promptaudit.api.event.DeploymentScheduled;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.command.trail.Actor;

import static io.promptaudit.command.prompt.PromptStory.*;
import static io.promptaudit.command.prompt.TestPolicies.PRODUCTION;
import static io.promptaudit.command.prompt.TestPolicies.STAGING;

/** What anybody may think of, sense or nonsense, in a small world where things meet. */
final class RandomCommands {
    private static final List<String> CHECKS = List.of("evals", "redteam");
    private static final List<String> PERSONS = List.of("ada", "ben", "cleo");
    private static final List<Grant> GRANTS = List.of(deployer(STAGING, PRODUCTION), new Grant(Role.REVIEWER, "**"),
            new Grant(Role.AUDITOR, "clinical/**"),
            new Grant(Role.ADMIN, "legal/**"));

    private final Random random;

    RandomCommands(Random random) {
        this.random = random;
    }

    /**
     * A person who signed in some time ago or presents a key, their agent, a service on behalf of one, or a service; but what the
     * server does itself, it does for whoever scheduled.
     */
    Caller caller(PromptCommand command, Instant now) {
        if (command instanceof ExecuteSchedule c) {
            return caller("system", AccountKind.SERVICE, new Actor(c.account(), c.onBehalfOf()).person(), null);
        }
        String person = one(PERSONS);
        Instant signedIn = random.nextInt(3) == 0 ? null : now.minus(minutes(40));
        return switch (random.nextInt(6)) {
            case 0 -> caller(person + "-agent", AccountKind.AGENT, person, now);
            case 1 -> caller("ci", AccountKind.SERVICE, person, now);
            case 2 -> caller("ci", AccountKind.SERVICE, null, now);
            default -> caller(person, AccountKind.PERSON, null, signedIn);
        };
    }

    private Caller caller(String account, AccountKind kind, @Nullable String onBehalfOf, @Nullable Instant authenticatedAt) {
        return new Caller(account, kind, onBehalfOf, GRANTS.subList(0, 2 + random.nextInt(GRANTS.size() - 1)), List.of(),
                some(List.of("medical", "legal")), "credential", authenticatedAt);
    }

    String environment() {
        return one(List.of(STAGING, PRODUCTION));
    }

    ReleasePolicy policy(Instant now) {
        return new ReleasePolicy(random.nextInt(3), random.nextBoolean(), random.nextBoolean(),
                random.nextInt(4) == 0 ? List.of(one(CHECKS)) : List.of(), random.nextInt(3) > 0,
                random.nextInt(8) == 0 ? new ReleasePolicy.Freeze("audit week") : null, random.nextBoolean(), slots(),
                random.nextInt(3) == 0 ? minutes(40) : null,
                random.nextInt(4) == 0
                        ? List.of(new FreezeWindow(now.plus(minutes(60)), now.plus(Duration.ofHours(2)), "holidays"))
                        : List.of());
    }

    private List<Slot> slots() {
        return random.nextInt(2) == 0
                ? List.of()
                : some(List.of(new Slot(Role.AUDITOR, null, 1), new Slot(null, "medical", 1 + random.nextInt(2)),
                        new Slot(null, "legal", 1)));
    }

    Duration minutes(int most) {
        return Duration.ofMinutes(random.nextInt(most));
    }

    /** Something that speaks of what is there, or nearly. */
    PromptCommand command(ReferenceModel before, Instant now) {
        int latest = before.authors().size();
        List<String> deployments = before.all(PromptDeployed.class).map(ReferenceModel.Said::id).toList();
        // Mostly a version that exists, now and then the one before the first or after the last.
        int version = random.nextInt(15) == 0 ? random.nextInt(latest + 2) : 1 + random.nextInt(Math.max(1, latest));
        return switch (random.nextInt(37)) {
            case 0 -> create();
            case 1, 2 -> edit(random.nextInt(4) == 0 ? version : latest);
            case 3 -> imported();
            case 4 -> new DescribePrompt(NAME, "Intake", null, null, null);
            case 5 -> new RequestApproval(NAME, version, null, List.of());
            case 6, 7, 8, 9 -> approve(version);
            case 10, 11 -> reject(version);
            case 12, 13 -> new RevokeApproval(NAME, version, "no");
            case 14, 15 -> new WithdrawRejection(NAME, version, "yes");
            case 16, 17 -> new RecordCheck(NAME, version, one(CHECKS),
                    random.nextInt(3) == 0 ? CheckOutcome.FAILED : CheckOutcome.PASSED, null, null);
            case 18 -> new CommentOnPrompt(NAME, version, "hm");
            case 19, 20, 21, 22, 23 -> deploy(version, environment());
            case 24 -> new DeployPrompt(NAME, version, environment(), "it is down", random.nextInt(4) == 0 ? null : "INC-7",
                    true);
            case 25, 26 -> rollBack(null, environment());
            case 27 -> rollBack(version, environment());
            case 28 -> withdraw(environment());
            case 29 -> new ReviewEmergency(NAME, deployments.isEmpty() ? "none" : one(deployments),
                    random.nextBoolean() ? Verdict.GOOD : Verdict.BAD, "because");
            case 30 -> new ArchivePrompt(NAME, "replaced");
            case 31 -> new RestorePrompt(NAME, "needed");
            case 32, 33 -> new ScheduleDeployment(NAME, version, environment(), now.plusSeconds(60), "at night", null);
            case 34 -> new CancelSchedule(NAME, scheduled(before).id(), null);
            case 35, 36 -> {
                var schedule = scheduled(before);
                yield new ExecuteSchedule(NAME, schedule.id(), schedule.account(), schedule.onBehalfOf(),
                        random.nextInt(8) == 0);
            }
            default -> throw new IllegalStateException("no such choice");
        };
    }

    private Scheduled scheduled(ReferenceModel before) {
        var all = before.history().stream().filter(message -> message.getPayload() instanceof DeploymentScheduled).toList();
        if (all.isEmpty()) {
            return new Scheduled("none", "nobody", null);
        }
        var message = random.nextInt(3) == 0 ? one(all) : all.getLast();
        Actor actor = Actor.of(message.getMetaData());
        return new Scheduled(message.getIdentifier(), actor.account(), actor.onBehalfOf());
    }

    private record Scheduled(String id, String account, @Nullable String onBehalfOf) {}

    private ImportVersion imported() {
        String day = "2024-05-0" + (1 + random.nextInt(4)) + "T10:00:00Z";
        @Nullable
        String title = random.nextBoolean() ? "Intake" : null;
        return new ImportVersion(NAME, PromptType.TEXT, content(7), Map.of(), "why", title, "grace", day, null);
    }

    private <T> List<T> some(List<T> of) {
        return of.stream().filter(_ -> random.nextBoolean()).toList();
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
