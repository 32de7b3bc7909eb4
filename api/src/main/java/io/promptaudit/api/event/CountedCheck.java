package io.promptaudit.api.event;

/** A passed check that a deployment was decided on: its event id and name. */
public record CountedCheck(String check, String name) {}
