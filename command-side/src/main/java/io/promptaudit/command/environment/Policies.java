package io.promptaudit.command.environment;

import java.util.Map;
import java.util.Optional;

import io.promptaudit.api.ReleasePolicy;

/** The release policies in force, read from the event store in the command's own transaction. */
public interface Policies {

    /** The environment's policy; empty when there is no such environment. */
    Optional<PolicyInForce> of(String environment);

    /** Every environment's policy, by name. */
    Map<String, PolicyInForce> all();

    /** A policy and its revision, from 1. */
    record PolicyInForce(ReleasePolicy policy, long revision) {

        /** Where this is the policy and which revision of it, as a refusal names them. */
        public String in(String environment) {
            return "%s (policy revision %d)".formatted(environment, revision);
        }
    }
}
