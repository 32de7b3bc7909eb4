package io.promptaudit.command.trail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Identity;
import io.promptaudit.api.Rule;
import io.promptaudit.api.command.AccountCommand.AllowDelegate;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.AccountCommand.CreateKey;
import io.promptaudit.api.command.AccountCommand.LinkIdentity;
import io.promptaudit.api.command.AccountCommand.LockAccount;
import io.promptaudit.api.command.AccountCommand.RevokeKey;
import io.promptaudit.api.command.AccountCommand.RotateKey;
import io.promptaudit.api.command.AccountCommand.SetPassword;
import io.promptaudit.api.command.AccountCommand.WithdrawDelegate;
import io.promptaudit.api.command.ChangeCommand.ConfirmChange;
import io.promptaudit.api.command.ChangeCommand.DeclineChange;
import io.promptaudit.api.command.Command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What gives out further ways in, or is a second person's to say, asked by somebody who is there, by keys, and on behalf of somebody. */
class InPersonTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant STALE = NOW.minus(InPerson.FRESH).minusMillis(1);
    private static final List<Command> GIVING = List.of(new SetPassword("ada", "a long enough password"),
            new SetPassword("ben", "a long enough password"), new AllowDelegate("ada", "ci", null),
            new CreateAccount("ben", "Ben", AccountKind.PERSON, null, "a long enough password", List.of()),
            new WithdrawDelegate("ada", "ci"), new CreateKey("ada", "pk-1", "hash", "laptop", null, null),
            new CreateKey("ci", "pk-1", "hash", "build", null, null),
            new RotateKey("ci", "pk-1", "pk-2", "hash", Duration.ZERO), new RevokeKey("ada", "pk-1"),
            new LinkIdentity("ben", new Identity("https://login.example.org", "s-1")),
            new ConfirmChange("c-1", "environment:production", "read"));
    private static final List<Command> OTHERS = List.of(
            new CreateAccount("ben", "Ben", AccountKind.PERSON, null, null, List.of()), new WithdrawDelegate("ben", "ci"),
            new LockAccount("ben", "lost"), new RevokeKey("ben", "pk-1"),
            new DeclineChange("c-1", "environment:production", "no"));

    private static Caller caller(@Nullable String onBehalfOf, @Nullable Instant signedIn) {
        return new Caller(onBehalfOf == null ? "ada" : "bot", AccountKind.PERSON, onBehalfOf, List.of(), List.of(), List.of(),
                "c",
                signedIn);
    }

    @Test
    void whoSignedInJustNowMayDoEverything() {
        for (Instant signedIn : List.of(NOW, STALE.plusMillis(1))) {
            GIVING.forEach(command -> passes(command, caller(null, signedIn)));
        }
    }

    @Test
    void keysAndDelegatesMakeNoOtherWaysInAndConfirmNothing() {
        for (Command command : GIVING) {
            refuses(command, caller(null, null), "not by a key or on behalf of somebody; ada must sign in for it");
            refuses(command, caller("ada", NOW), "not by a key or on behalf of somebody; ada must sign in for it");
            refuses(command, caller(null, STALE), "ada signed in more than 15 minutes ago and must do so again");
        }
    }

    @Test
    void keysMayDoWhatGivesNothingOut() {
        OTHERS.forEach(command -> passes(command, caller(null, null)));
        OTHERS.forEach(command -> passes(command, caller("ada", null)));
    }

    private static void passes(Command command, Caller caller) {
        assertThatCode(() -> InPerson.require(command, caller, NOW)).doesNotThrowAnyException();
    }

    private static void refuses(Command command, Caller caller, String detail) {
        assertThatExceptionOfType(CommandRejected.class).as(command.toString())
                .isThrownBy(() -> InPerson.require(command, caller, NOW)).withMessage(detail)
                .satisfies(refused -> org.assertj.core.api.Assertions.assertThat(refused.rule()).isEqualTo(Rule.PERSON_MUST_ACT));
    }
}
