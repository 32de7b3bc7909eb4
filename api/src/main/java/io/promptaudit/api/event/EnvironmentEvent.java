package io.promptaudit.api.event;

/** Everything that can have happened to one environment. */
public sealed interface EnvironmentEvent extends TrailEvent
        permits ReleasePolicyChanged, PolicyChangeProposed, PolicyChangeDeclined {
    /** The environment's name. */
    String environment();
}
