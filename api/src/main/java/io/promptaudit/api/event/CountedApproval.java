package io.promptaudit.api.event;

/** An approval that a deployment was decided on: its event id and whose it is. */
public record CountedApproval(String approval, String account) {}
