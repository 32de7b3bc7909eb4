package io.promptaudit.command.prompt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.Verdict;
import io.promptaudit.api.command.PromptCommand;
import io.promptaudit.api.command.PromptCommand.ApprovePrompt;
import io.promptaudit.api.command.PromptCommand.ArchivePrompt;
import io.promptaudit.api.command.PromptCommand.CancelSchedule;
import io.promptaudit.api.command.PromptCommand.CommentOnPrompt;
import io.promptaudit.api.command.PromptCommand.CreatePrompt;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.api.command.PromptCommand.DescribePrompt;
import io.promptaudit.api.command.PromptCommand.EditPrompt;
import io.promptaudit.api.command.PromptCommand.ExecuteSchedule;
import io.promptaudit.api.command.PromptCommand.ImportVersion;
import io.promptaudit.api.command.PromptCommand.InEnvironment;
import io.promptaudit.api.command.PromptCommand.OnVersion;
import io.promptaudit.api.command.PromptCommand.RecordCheck;
import io.promptaudit.api.command.PromptCommand.RejectPrompt;
import io.promptaudit.api.command.PromptCommand.RequestApproval;
import io.promptaudit.api.command.PromptCommand.RestorePrompt;
import io.promptaudit.api.command.PromptCommand.ReviewEmergency;
import io.promptaudit.api.command.PromptCommand.RevokeApproval;
import io.promptaudit.api.command.PromptCommand.RollBackPrompt;
import io.promptaudit.api.command.PromptCommand.ScheduleDeployment;
import io.promptaudit.api.command.PromptCommand.WithdrawPrompt;
import io.promptaudit.api.command.PromptCommand.WithdrawRejection;
import io.promptaudit.command.environment.Policies;
import io.promptaudit.command.trail.Actor;

/** The rules once more, in the words of the design, with no memory but the list of what happened. */
final class ReferenceModel {
    private final List<Fact> history = new ArrayList<>();

    /** What happened; {@code evidence} are the approvals of a deployment, {@code restored} is where a rollback went. */
    private record Fact(String event, Actor by, PromptCommand command, Set<String> evidence, @Nullable Fact restored) {}

    int versions() {
        return (int) history.stream().filter(fact -> makesVersion(fact.command())).count();
    }

    List<String> deployments() {
        return facts(DeployPrompt.class).map(Fact::event).toList();
    }

    List<String> schedules() {
        return facts(ScheduleDeployment.class).map(Fact::event).toList();
    }

    Actor scheduler(String schedule) {
        return scheduled(schedule).map(Fact::by).orElse(new Actor("nobody", null));
    }

    /** Whether there is nothing left to do. */
    boolean isOver(PromptCommand command) {
        return alreadyImported(command)
                || (command instanceof ExecuteSchedule c && !history.isEmpty() && !isPending(c.schedule()));
    }

    private Optional<Fact> scheduled(String schedule) {
        return facts(ScheduleDeployment.class).filter(fact -> fact.event().equals(schedule)).findFirst();
    }

    private boolean isPending(String schedule) {
        return scheduled(schedule).isPresent() && history.stream().noneMatch(fact -> switch (fact.command()) {
            case CancelSchedule c -> c.schedule().equals(schedule);
            case ExecuteSchedule c -> c.schedule().equals(schedule);
            default -> false;
        });
    }

    private boolean alreadyImported(PromptCommand command) {
        return command instanceof ImportVersion line && facts(ImportVersion.class).map(fact -> (ImportVersion) fact.command())
                .anyMatch(known -> known.claimedAt().equals(line.claimedAt()));
    }

    void happened(String event, Actor by, PromptCommand command, Policies policies) {
        if (command instanceof ExecuteSchedule c) {
            var s = (ScheduleDeployment) scheduled(c.schedule()).orElseThrow().command();
            var deployment = new DeployPrompt(s.prompt(), s.version(), s.environment(), s.reason(), s.ticket(), false);
            boolean deploys = !c.missed() && allows(by, deployment, policies);
            history.add(new Fact(event, by, command, Set.of(), null));
            if (deploys) {
                happened(event, by, deployment, policies);
            }
            return;
        }
        Set<String> evidence = command instanceof DeployPrompt c && !c.emergency()
                ? counting(c.version(), policy(c, policies)).keySet()
                : Set.of();
        history.add(new Fact(event, by, command, evidence, command instanceof RollBackPrompt c ? target(c) : null));
    }

    /** The version that is active there and the event that made it so; null when nothing is. */
    @Nullable
    Active active(String environment) {
        Active active = null;
        for (Fact fact : history) {
            if (in(fact, environment)) {
                active = fact.command() instanceof WithdrawPrompt
                        ? null
                        : new Active(version(fact.restored() == null ? fact : fact.restored()), fact.event());
            }
        }
        return active;
    }

    record Active(int version, String event) {}

    boolean allows(Actor by, PromptCommand command, Policies policies) {
        if (command instanceof CreatePrompt) {
            return history.isEmpty();
        }
        if (command instanceof RestorePrompt) {
            return archived();
        }
        if (command instanceof ReviewEmergency c) {
            // A debt is closed by someone else, once, even when the prompt is archived.
            return facts(DeployPrompt.class).anyMatch(fact -> fact.event().equals(c.deployment()) && isEmergency(fact)
                    && verdict(fact) == null && !fact.by().person().equals(by.person()));
        }
        if (command instanceof CancelSchedule c) {
            return isPending(c.schedule());
        }
        if (command instanceof ExecuteSchedule c) {
            return isPending(c.schedule());
        }
        if (archived() || (history.isEmpty() && !(command instanceof ImportVersion))) {
            return false;
        }
        return switch (command) {
            case CreatePrompt _,RestorePrompt _,ReviewEmergency _,CancelSchedule _,ExecuteSchedule _ ->
                throw new IllegalStateException("decided above");
            case ImportVersion _,DescribePrompt _ -> true;
            case EditPrompt c -> c.basedOn() == versions();
            case ArchivePrompt _ -> policies.all().keySet().stream().allMatch(environment -> active(environment) == null);
            case WithdrawPrompt c -> active(c.environment()) != null;
            case RollBackPrompt c -> target(c) != null;
            case OnVersion c -> c.version() >= 1 && c.version() <= versions() && allowsOnVersion(by, c, policies);
        };
    }

    private boolean allowsOnVersion(Actor by, OnVersion command, Policies policies) {
        int version = command.version();
        return switch (command) {
            case RecordCheck _,CommentOnPrompt _,ScheduleDeployment _ -> true;
            case RequestApproval _ ->
                facts(RequestApproval.class).noneMatch(fact -> version(fact) == version);
            case ApprovePrompt _ -> !approvals(version).containsValue(by.person())
                    && (!author(version).equals(by.person()) || policies.all().values().stream()
                            .anyMatch(p -> p.policy().requiredApprovals() > 0 && p.policy().authorMayApprove()));
            case RejectPrompt _ -> !rejections(version).containsValue(by.person());
            case RevokeApproval _ -> !approvals(version).isEmpty();
            case WithdrawRejection _ -> !rejections(version).isEmpty();
            case DeployPrompt c -> mayGoLive(by, c, policy(c, policies));
        };
    }

    private boolean mayGoLive(Actor by, DeployPrompt c, ReleasePolicy policy) {
        Active active = active(c.environment());
        boolean checked = policy.requiredChecks().stream().allMatch(name -> passed(c.version(), name));
        boolean open = policy.frozen() == null && rejections(c.version()).isEmpty() && checked;
        if (!open || (active != null && active.version() == c.version())) {
            return false;
        }
        if (c.emergency()) {
            return policy.emergencyAllowed() && c.ticket() != null;
        }
        return counting(c.version(), policy).size() >= policy.requiredApprovals()
                && (policy.approverMayDeploy() || !approvals(c.version()).containsValue(by.person()));
    }

    /** A version that was active there before and was properly released; by itself the one before what is in force. */
    private @Nullable Fact target(RollBackPrompt c) {
        Active active = active(c.environment());
        Fact target = null;
        for (Fact release : facts(DeployPrompt.class).filter(f -> in(f, c.environment())).toList()) {
            boolean inForce = c.toVersion() == null && release.equals(inForce(c.environment()));
            boolean wanted = c.toVersion() == null || c.toVersion() == version(release);
            boolean isActive = active != null && active.version() == version(release);
            if (wanted && !isActive && properly(release) && !(inForce && active != null)) {
                target = release;
            }
            if (inForce) {
                break;
            }
        }
        return target;
    }

    private @Nullable Fact inForce(String environment) {
        Fact last = null;
        for (Fact fact : history) {
            if (in(fact, environment) && !(fact.command() instanceof WithdrawPrompt)) {
                last = fact.restored() == null ? fact : fact.restored();
            }
        }
        return last;
    }

    private boolean properly(Fact release) {
        return (!isEmergency(release) || verdict(release) == Verdict.GOOD) && rejections(version(release)).isEmpty()
                && approvals(version(release)).keySet().containsAll(release.evidence());
    }

    private Map<String, String> counting(int version, ReleasePolicy policy) {
        Map<String, String> approvals = approvals(version);
        if (!policy.authorMayApprove()) {
            approvals.values().removeIf(author(version)::equals);
        }
        return approvals;
    }

    private Map<String, String> approvals(int version) {
        return standing(version, ApprovePrompt.class, RevokeApproval.class);
    }

    private Map<String, String> rejections(int version) {
        return standing(version, RejectPrompt.class, WithdrawRejection.class);
    }

    /** Event and person: what was given and not taken back, by the person who gave it or, where none did, by anyone. */
    private Map<String, String> standing(int version, Class<? extends OnVersion> given, Class<? extends OnVersion> taken) {
        var standing = new LinkedHashMap<String, String>();
        for (Fact fact : history) {
            if (given.isInstance(fact.command()) && version(fact) == version) {
                standing.put(fact.event(), fact.by().person());
            } else if (taken.isInstance(fact.command()) && version(fact) == version
                    && !standing.values().removeIf(fact.by().person()::equals)) {
                standing.clear();
            }
        }
        return standing;
    }

    private boolean passed(int version, String name) {
        return facts(RecordCheck.class).map(fact -> (RecordCheck) fact.command())
                .filter(check -> check.version() == version && check.name().equals(name))
                .reduce((before, after) -> after).filter(check -> check.outcome() == CheckOutcome.PASSED).isPresent();
    }

    private String author(int version) {
        return history.stream().filter(fact -> makesVersion(fact.command())).skip(version - 1L).findFirst().orElseThrow().by()
                .person();
    }

    private @Nullable Verdict verdict(Fact deployment) {
        return facts(ReviewEmergency.class).map(fact -> (ReviewEmergency) fact.command())
                .filter(review -> review.deployment().equals(deployment.event())).map(ReviewEmergency::verdict).findFirst()
                .orElse(null);
    }

    private boolean archived() {
        return facts(ArchivePrompt.class).count() > facts(RestorePrompt.class).count();
    }

    private Stream<Fact> facts(Class<? extends PromptCommand> of) {
        return history.stream().filter(fact -> of.isInstance(fact.command()));
    }

    private static boolean in(Fact fact, String environment) {
        return fact.command() instanceof InEnvironment c && !(c instanceof ScheduleDeployment)
                && c.environment().equals(environment);
    }

    private static boolean isEmergency(Fact fact) {
        return fact.command() instanceof DeployPrompt c && c.emergency();
    }

    private static int version(Fact fact) {
        return ((OnVersion) fact.command()).version();
    }

    private static boolean makesVersion(PromptCommand command) {
        return command instanceof CreatePrompt || command instanceof EditPrompt || command instanceof ImportVersion;
    }

    private static ReleasePolicy policy(DeployPrompt c, Policies policies) {
        return policies.of(c.environment()).orElseThrow().policy();
    }
}
