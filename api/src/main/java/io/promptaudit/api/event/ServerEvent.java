package io.promptaudit.api.event;

/** Everything that can have happened to the server itself. */
public sealed interface ServerEvent extends TrailEvent
        permits SettingChanged, AlertRaised, AlertCleared, EpochOpened, LedgerKeysRotated {}
