package io.promptaudit.api.event;

/** Everything that can be in the trail. */
public sealed interface TrailEvent
        permits PromptEvent, EnvironmentEvent, AccountEvent, CommandRefused, SignInRefused, ContentRead, ServerEvent {}
