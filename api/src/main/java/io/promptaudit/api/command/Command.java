package io.promptaudit.api.command;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Everything a caller may ask to be changed. Who asks is in the message's metadata, from authentication. */
public sealed interface Command permits PromptCommand, EnvironmentCommand, AccountCommand, ChangeCommand {
    /** The aggregate that decides, for example {@code prompt:clinical/intake}. */
    @TargetAggregateIdentifier
    String target();
}
