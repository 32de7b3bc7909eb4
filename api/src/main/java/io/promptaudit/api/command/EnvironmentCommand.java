package io.promptaudit.api.command;

import io.promptaudit.api.ReleasePolicy;

/** Everything a caller may ask of one environment. */
public sealed interface EnvironmentCommand extends Command {

    /** The environment's name. */
    String environment();

    @Override
    default String target() {
        return "environment:" + environment();
    }

    /** Set the whole policy; creates an unknown environment. */
    record ChangePolicy(String environment, ReleasePolicy policy, String reason) implements EnvironmentCommand {}
}
