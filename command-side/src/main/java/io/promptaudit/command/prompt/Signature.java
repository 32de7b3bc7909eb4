package io.promptaudit.command.prompt;

/** A standing approval or rejection: its event id, the account that gave it, and the person who counts. */
record Signature(String event, String account, String person) {}
