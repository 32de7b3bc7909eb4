package io.promptaudit.command.trail;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.command.AccountCommand;
import io.promptaudit.api.command.AccountCommand.AllowDelegate;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.ChangeGroups;
import io.promptaudit.api.command.AccountCommand.CloseAccount;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.AccountCommand.CreateKey;
import io.promptaudit.api.command.AccountCommand.DescribeAccount;
import io.promptaudit.api.command.AccountCommand.EraseAccount;
import io.promptaudit.api.command.AccountCommand.LinkIdentity;
import io.promptaudit.api.command.AccountCommand.LockAccount;
import io.promptaudit.api.command.AccountCommand.RevokeKey;
import io.promptaudit.api.command.AccountCommand.RotateKey;
import io.promptaudit.api.command.AccountCommand.SetPassword;
import io.promptaudit.api.command.AccountCommand.UnlockAccount;
import io.promptaudit.api.command.AccountCommand.WithdrawDelegate;
import io.promptaudit.api.command.ChangeCommand.ConfirmChange;
import io.promptaudit.api.command.ChangeCommand.DeclineChange;
import io.promptaudit.api.command.Command;
import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;
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

/** Who may ask for what. Everything not allowed here is refused. */
public final class Permissions {
    private Permissions() {}

    /**
     * @throws CommandRejected by {@link Rule#MISSING_GRANT} when the caller holds no role that allows the command
     */
    static void require(Command command, Caller caller) {
        switch (command) {
            case CreatePrompt c -> requireRole(caller, c, Role.EDITOR);
            case EditPrompt c -> requireRole(caller, c, Role.EDITOR);
            case DescribePrompt c -> requireRole(caller, c, Role.EDITOR);
            case RequestApproval c -> requireRole(caller, c, Role.EDITOR);
            case RecordCheck c -> requireRole(caller, c, Role.EDITOR);
            case ArchivePrompt c -> requireRole(caller, c, Role.EDITOR);
            case RestorePrompt c -> requireRole(caller, c, Role.EDITOR);
            case CommentOnPrompt c -> requireRole(caller, c, Role.EDITOR, Role.REVIEWER);
            case ImportVersion c -> requireRole(caller, c, Role.EDITOR, Role.ADMIN);
            case ApprovePrompt c -> requireRole(caller, c, Role.REVIEWER);
            case RejectPrompt c -> requireRole(caller, c, Role.REVIEWER);
            case RevokeApproval c -> requireRole(caller, c, Role.REVIEWER);
            case WithdrawRejection c -> requireRole(caller, c, Role.REVIEWER);
            case ReviewEmergency c -> requireRole(caller, c, Role.REVIEWER);
            case DeployPrompt c -> requireDeployer(caller, c);
            case ScheduleDeployment c -> requireDeployer(caller, c);
            // The prompt knows the environment, and asks again for that one.
            case CancelSchedule c -> requireRole(caller, c, Role.DEPLOYER);
            case ExecuteSchedule _ -> throw new CommandRejected(Rule.MISSING_GRANT, "schedules are executed by the server alone");
            case RollBackPrompt c -> requireDeployer(caller, c);
            case WithdrawPrompt c -> requireDeployer(caller, c);
            case ChangePolicy _,CreateAccount _,DescribeAccount _,ChangeGrants _,ChangeGroups _,LinkIdentity _,LockAccount _,UnlockAccount _,CloseAccount _,EraseAccount _ ->
                requireAdmin(caller);
            case ConfirmChange _,DeclineChange _ -> requireAdmin(caller);
            case SetPassword c -> requireOneselfOrAdmin(caller, c);
            case AllowDelegate c -> requireOneself(caller, c);
            case WithdrawDelegate c -> requireOneselfOrAdmin(caller, c);
            case CreateKey c -> requireOneselfOrAdmin(caller, c);
            case RotateKey c -> requireOneselfOrAdmin(caller, c);
            case RevokeKey c -> requireOneselfOrAdmin(caller, c);
        }
    }

    private static void requireRole(Caller caller, PromptCommand command, Role... roles) {
        @Nullable
        String prompt = command.prompt();
        for (Role role : roles) {
            // A missing name is told to those who hold the role somewhere; what they may do is decided once it is there.
            if (prompt == null ? caller.holds(role) : caller.holds(role, prompt)) {
                return;
            }
        }
        throw missing(String.join(" or ", Arrays.stream(roles).map(Role::id).toList()), prompt, "");
    }

    private static void requireDeployer(Caller caller, PromptCommand.InEnvironment command) {
        requireDeployer(caller, command.prompt(), command.environment());
    }

    /**
     * Passes whoever deploys the prompt in the environment.
     *
     * @param environment null where a request leaves it out, which is told to those who deploy the prompt somewhere
     * @throws CommandRejected by {@link Rule#MISSING_GRANT} when the caller does not deploy the prompt there
     */
    public static void requireDeployer(Caller caller, String prompt, @Nullable String environment) {
        boolean allowed = environment == null
                ? caller.holds(Role.DEPLOYER, prompt)
                : caller.deploys(prompt, environment);
        if (!allowed) {
            throw missing(Role.DEPLOYER.id(), prompt, environment == null ? "" : " in " + environment);
        }
    }

    private static void requireOneself(Caller caller, AccountCommand command) {
        if (!caller.person().equals(command.account())) {
            throw new CommandRejected(Rule.MISSING_GRANT, "only %s can do this".formatted(command.account()));
        }
    }

    private static void requireOneselfOrAdmin(Caller caller, AccountCommand command) {
        if (!caller.person().equals(command.account())) {
            requireAdmin(caller);
        }
    }

    private static void requireAdmin(Caller caller) {
        if (!caller.holds(Role.ADMIN)) {
            throw new CommandRejected(Rule.MISSING_GRANT, "you do not hold the role admin; an admin can grant it");
        }
    }

    private static CommandRejected missing(String role, @Nullable String prompt, String where) {
        return new CommandRejected(Rule.MISSING_GRANT, "you do not hold the role %s%s%s; an admin can grant it"
                .formatted(role, prompt == null ? "" : " for " + prompt, where));
    }
}
