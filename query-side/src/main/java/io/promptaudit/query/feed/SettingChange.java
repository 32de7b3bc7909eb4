package io.promptaudit.query.feed;

/**
 * The server was started with another value of a setting on which the trail's rules depend.
 *
 * @param setting its key
 */
public record SettingChange(String setting, String value) {}
