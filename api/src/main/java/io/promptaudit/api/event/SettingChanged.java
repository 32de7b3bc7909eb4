package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/**
 * The server was started with another value of a setting on which the trail's rules depend than it had before, or, where none
 * was recorded yet, with another than the usual one.
 *
 * @param setting its key, for example {@code promptaudit.four-eyes-admin}
 * @param value what it is from now on
 */
@Revision("1")
public record SettingChanged(String setting, String value) implements ServerEvent {}
