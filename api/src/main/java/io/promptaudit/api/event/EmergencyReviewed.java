package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

import io.promptaudit.api.Verdict;

/** Somebody else judged an emergency deployment and closed its debt. */
@Revision("1")
public record EmergencyReviewed(String prompt, int version, String environment, String deployment, Verdict verdict,
        String comment) implements PromptEvent {}
