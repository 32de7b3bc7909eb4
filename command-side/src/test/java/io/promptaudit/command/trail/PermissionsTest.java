package io.promptaudit.command.trail;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
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
import io.promptaudit.api.command.PromptCommand.InEnvironment;
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

import static io.promptaudit.api.Role.ADMIN;
import static io.promptaudit.api.Role.DEPLOYER;
import static io.promptaudit.api.Role.EDITOR;
import static io.promptaudit.api.Role.REVIEWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** Every command, asked by every role, inside and outside its pattern and its environments. */
class PermissionsTest {
    private static final String PROMPT = "clinical/intake";

    /** The roles of the design, written out: who may ask for what. Viewers and auditors may ask for nothing. */
    private static final Map<Class<? extends Command>, Set<Role>> ALLOWED = Map.ofEntries(
            Map.entry(CreatePrompt.class, EnumSet.of(EDITOR)), Map.entry(EditPrompt.class, EnumSet.of(EDITOR)),
            Map.entry(DescribePrompt.class, EnumSet.of(EDITOR)), Map.entry(RequestApproval.class, EnumSet.of(EDITOR)),
            Map.entry(CommentOnPrompt.class, EnumSet.of(EDITOR, REVIEWER)), Map.entry(RecordCheck.class, EnumSet.of(EDITOR)),
            Map.entry(ImportVersion.class, EnumSet.of(EDITOR, ADMIN)), Map.entry(ArchivePrompt.class, EnumSet.of(EDITOR)),
            Map.entry(RestorePrompt.class, EnumSet.of(EDITOR)), Map.entry(ApprovePrompt.class, EnumSet.of(REVIEWER)),
            Map.entry(RejectPrompt.class, EnumSet.of(REVIEWER)), Map.entry(RevokeApproval.class, EnumSet.of(REVIEWER)),
            Map.entry(WithdrawRejection.class, EnumSet.of(REVIEWER)), Map.entry(ReviewEmergency.class, EnumSet.of(REVIEWER)),
            Map.entry(ScheduleDeployment.class, EnumSet.of(DEPLOYER)), Map.entry(CancelSchedule.class, EnumSet.of(DEPLOYER)),
            Map.entry(ExecuteSchedule.class, EnumSet.noneOf(Role.class)),
            Map.entry(DeployPrompt.class, EnumSet.of(DEPLOYER)), Map.entry(RollBackPrompt.class, EnumSet.of(DEPLOYER)),
            Map.entry(WithdrawPrompt.class, EnumSet.of(DEPLOYER)), Map.entry(ChangePolicy.class, EnumSet.of(ADMIN)),
            Map.entry(CreateAccount.class, EnumSet.of(ADMIN)), Map.entry(ChangeGrants.class, EnumSet.of(ADMIN)),
            Map.entry(LinkIdentity.class, EnumSet.of(ADMIN)),
            Map.entry(SetPassword.class, EnumSet.of(ADMIN)), Map.entry(EraseAccount.class, EnumSet.of(ADMIN)),
            Map.entry(DescribeAccount.class, EnumSet.of(ADMIN)), Map.entry(ChangeGroups.class, EnumSet.of(ADMIN)),
            Map.entry(LockAccount.class, EnumSet.of(ADMIN)), Map.entry(UnlockAccount.class, EnumSet.of(ADMIN)),
            Map.entry(CloseAccount.class, EnumSet.of(ADMIN)), Map.entry(AllowDelegate.class, EnumSet.noneOf(Role.class)),
            Map.entry(WithdrawDelegate.class, EnumSet.of(ADMIN)), Map.entry(CreateKey.class, EnumSet.of(ADMIN)),
            Map.entry(RotateKey.class, EnumSet.of(ADMIN)), Map.entry(RevokeKey.class, EnumSet.of(ADMIN)),
            Map.entry(ConfirmChange.class, EnumSet.of(ADMIN)), Map.entry(DeclineChange.class, EnumSet.of(ADMIN)));

    @Test
    void haveAPlaceForEveryCommand() {
        assertThat(ALLOWED.keySet()).as("write a new command into the table above, as the design says who may ask for it")
                .containsExactlyInAnyOrderElementsOf(commands(Command.class).toList());
    }

    /** The table of docs/security.md, where who else may stands behind a semicolon. */
    @Test
    void areWrittenDown() throws IOException {
        var written = Files.readAllLines(Path.of("..", "docs", "security.md")).stream()
                .dropWhile(line -> !line.equals("## Who may do what")).skip(1).takeWhile(line -> !line.startsWith("#"))
                .filter(line -> line.startsWith("| `")).map(line -> line.split(" *\\| *", -1))
                .collect(Collectors.toMap(row -> row[1].replace("`", ""), row -> row[2].replaceAll(";.*", "")));
        assertThat(written)
                .isEqualTo(ALLOWED.entrySet().stream().collect(Collectors.toMap(entry -> entry.getKey().getSimpleName(),
                        entry -> entry.getValue().isEmpty()
                                ? "nobody"
                                : entry.getValue().stream().map(Role::id).collect(Collectors.joining(", ")))));
    }

    @TestFactory
    Stream<DynamicTest> areThoseOfTheDesign() {
        return commands(Command.class).flatMap(command -> Arrays.stream(Role.values()).flatMap(role -> Stream
                .of("**", "clinical/**", "clinical/*", PROMPT, "clinical", "clinical/intake/**", "billing/**")
                .flatMap(pattern -> environments(role).map(
                        environments -> matrix(command, new Grant(role, pattern, environments))))));
    }

    private static DynamicTest matrix(Class<? extends Command> type, Grant grant) {
        Command command = sample(type);
        boolean inside = !(command instanceof PromptCommand)
                || Set.of("**", "clinical/**", "clinical/*", PROMPT).contains(grant.prompts());
        boolean there = !(command instanceof InEnvironment) || grant.environments().contains("production");
        boolean allowed = ALLOWED.getOrDefault(type, Set.of()).contains(grant.role()) && inside && there;
        return dynamicTest("%s %s with %s".formatted(type.getSimpleName(), allowed ? "is allowed" : "is refused", grant),
                () -> {
                    if (allowed) {
                        assertThatCode(() -> Permissions.require(command, caller(grant))).doesNotThrowAnyException();
                    } else {
                        assertRefused(command, caller(grant));
                    }
                });
    }

    private static Stream<List<String>> environments(Role role) {
        return role == DEPLOYER
                ? Stream.of(List.of("production"), List.of("staging", "production"), List.of("staging"))
                : Stream.of(List.of());
    }

    @TestFactory
    Stream<DynamicTest> areNoneWithoutAGrant() {
        return commands(Command.class).map(type -> dynamicTest(type.getSimpleName(),
                () -> assertRefused(sample(type), new Caller("eve", AccountKind.PERSON, null, List.of(), "password"))));
    }

    @Test
    void letEverybodyDecideAboutTheirOwnWaysIn() {
        var eve = new Caller("eve", AccountKind.PERSON, null, List.of(), "password");
        for (Command own : List.of(new SetPassword("eve", "correct horse battery"), new AllowDelegate("eve", "ci", null),
                new WithdrawDelegate("eve", "ci"), new CreateKey("eve", "pk-1", "hash", "laptop", null, null),
                new RotateKey("eve", "pk-1", "pk-2", "hash", Duration.ZERO), new RevokeKey("eve", "pk-1"))) {
            assertThatCode(() -> Permissions.require(own, eve)).doesNotThrowAnyException();
        }
    }

    @Test
    void ofTwoGrantsDoNotAddUp() {
        // Deployer of these prompts elsewhere, and of other prompts here, is not deployer of these prompts here.
        var caller = caller(new Grant(DEPLOYER, "clinical/**", List.of("staging")),
                new Grant(DEPLOYER, "billing/**", List.of("production")));
        assertRefused(new DeployPrompt(PROMPT, 1, "production", "ready", null, false), caller);
    }

    @Test
    void sayWhatIsMissingAndWhoCouldGiveIt() {
        var viewer = caller(new Grant(Role.VIEWER, "**"));
        assertThatExceptionOfType(CommandRejected.class)
                .isThrownBy(() -> Permissions.require(new CommentOnPrompt(PROMPT, 1, "hm"), viewer))
                .withMessage("you do not hold the role editor or reviewer for clinical/intake; an admin can grant it");
        assertThatExceptionOfType(CommandRejected.class)
                .isThrownBy(() -> Permissions.require(new WithdrawPrompt(PROMPT, "production", "no"), viewer))
                .withMessage("you do not hold the role deployer for clinical/intake in production; an admin can grant it");
        assertThatExceptionOfType(CommandRejected.class)
                .isThrownBy(() -> Permissions.require(new EraseAccount("ada", "left"), viewer))
                .withMessage("you do not hold the role admin; an admin can grant it");
    }

    private static void assertRefused(Command command, Caller caller) {
        assertThatExceptionOfType(CommandRejected.class).isThrownBy(() -> Permissions.require(command, caller))
                .satisfies(rejected -> assertThat(rejected.rule()).isEqualTo(Rule.MISSING_GRANT));
    }

    private static Caller caller(Grant... grants) {
        return new Caller("eve", AccountKind.PERSON, null, List.of(grants), "password");
    }

    /** The records that a sealed type permits, however deep. */
    private static Stream<Class<? extends Command>> commands(Class<?> of) {
        if (of.isRecord()) {
            return Stream.of(of.asSubclass(Command.class));
        }
        return Arrays.stream(of.getPermittedSubclasses()).flatMap(PermissionsTest::commands).distinct();
    }

    private static Command sample(Class<? extends Command> type) {
        var types = new ArrayList<Class<?>>();
        var values = new ArrayList<@Nullable Object>();
        for (RecordComponent component : type.getRecordComponents()) {
            types.add(component.getType());
            values.add(switch (component.getName()) {
                case "prompt" -> PROMPT;
                case "environment" -> "production";
                case "account" -> "someone";
                default -> component.getType() == int.class ? 1 : component.getType() == boolean.class ? false : null;
            });
        }
        try {
            Constructor<? extends Command> constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no sample of " + type, e);
        }
    }
}
