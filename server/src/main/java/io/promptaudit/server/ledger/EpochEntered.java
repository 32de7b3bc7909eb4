package io.promptaudit.server.ledger;

/** The ledger goes on in another epoch: whatever was found of it before is to be looked at again. */
public record EpochEntered() {}
