package io.promptaudit.api.event;

/** What was active somewhere: the version and the id of the deployment that put it there. */
public record ActiveDeployment(int version, String deployment) {}
