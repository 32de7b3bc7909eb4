package io.promptaudit.command.prompt;

import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.ReleasePolicy;
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
import io.promptaudit.api.command.PromptCommand.WithdrawRejection;
import io.promptaudit.command.trail.Actor;

import static io.promptaudit.command.prompt.PromptStory.*;
import static io.promptaudit.command.prompt.TestPolicies.PRODUCTION;
import static io.promptaudit.command.prompt.TestPolicies.STAGING;

/** What anybody may think of, sense or nonsense, in a small world where things meet. */
final class RandomCommands {
    private static final List<String> CHECKS = List.of("evals", "redteam");
    private static final List<Actor> ACTORS = List.of(ADA, BEN, CLEO, ADAS_AGENT);

    private final Random random;

    RandomCommands(Random random) {
        this.random = random;
    }

    /** Anybody, but for what the server does itself: that it does for whoever scheduled. */
    Actor actor(PromptCommand command) {
        return command instanceof ExecuteSchedule c
                ? new Actor("system", new Actor(c.account(), c.onBehalfOf()).person())
                : one(ACTORS);
    }

    String environment() {
        return one(List.of(STAGING, PRODUCTION));
    }

    ReleasePolicy policy() {
        return new ReleasePolicy(random.nextInt(3), random.nextBoolean(), random.nextBoolean(),
                random.nextInt(4) == 0 ? List.of(one(CHECKS)) : List.of(), random.nextInt(3) > 0,
                random.nextInt(5) == 0 ? new ReleasePolicy.Freeze("audit week") : null);
    }

    /** Something that speaks of what is there, or nearly. */
    PromptCommand command(ReferenceModel model) {
        int latest = model.versions();
        List<String> deployments = model.deployments();
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
            case 32, 33 -> schedule(version, environment());
            case 34 -> new CancelSchedule(NAME, scheduled(model), null);
            case 35, 36 -> {
                String id = scheduled(model);
                Actor by = model.scheduler(id);
                yield new ExecuteSchedule(NAME, id, by.account(), by.onBehalfOf(), random.nextInt(8) == 0);
            }
            default -> throw new IllegalStateException("no such choice");
        };
    }

    private String scheduled(ReferenceModel model) {
        List<String> ids = model.schedules();
        return ids.isEmpty() ? "none" : random.nextInt(3) == 0 ? one(ids) : ids.getLast();
    }

    private ImportVersion imported() {
        String day = "2024-05-0" + (1 + random.nextInt(4)) + "T10:00:00Z";
        @Nullable
        String title = random.nextBoolean() ? "Intake" : null;
        return new ImportVersion(NAME, PromptType.TEXT, content(7), Map.of(), "why", title, "grace", day, null);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
