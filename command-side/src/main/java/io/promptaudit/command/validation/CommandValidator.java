package io.promptaudit.command.validation;

import org.springframework.stereotype.Component;

import io.promptaudit.api.command.AccountCommand;
import io.promptaudit.api.command.ChangeCommand;
import io.promptaudit.api.command.ChangeCommand.ConfirmChange;
import io.promptaudit.api.command.ChangeCommand.DeclineChange;
import io.promptaudit.api.command.Command;
import io.promptaudit.api.command.EnvironmentCommand;
import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;
import io.promptaudit.api.command.PromptCommand;

/**
 * Judges the values of a command. Called after the permission check and before the decision, so that a caller without
 * permission learns nothing about their body.
 */
@Component
public class CommandValidator {

    /**
     * Passes a command whose values are all allowed. Components may be null, because JSON bodies may leave fields out.
     *
     * @throws io.promptaudit.api.MalformedRequest naming the field, when a required value is missing
     * @throws io.promptaudit.api.InvalidValue naming the field and its rule, when a value may not be
     */
    public void validate(Command command) {
        switch (command) {
            case PromptCommand prompt -> PromptRules.check(prompt);
            case AccountCommand account -> AccountRules.check(account);
            case EnvironmentCommand environment -> check(environment);
            case ChangeCommand change -> check(change);
        }
    }

    private static void check(ChangeCommand command) {
        switch (command) {
            case ConfirmChange c -> Texts.optional("comment", c.comment(), Texts.LONGEST_REMARK);
            case DeclineChange c -> Texts.required("reason", c.reason(), Texts.LONGEST_REMARK);
        }
    }

    private static void check(EnvironmentCommand command) {
        Names.environment("environment", command.environment());
        switch (command) {
            case ChangePolicy change -> PolicyRules.check(change);
        }
    }
}
