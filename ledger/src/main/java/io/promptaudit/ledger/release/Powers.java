package io.promptaudit.ledger.release;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a credential allowed at one moment: what every one of these lists of grants allows. */
record Powers(List<List<Grant>> limits, List<String> groups) {

    boolean holds(String role, String prompt) {
        return may(grant -> grant.role().equals(role) && grant.covers(prompt));
    }

    boolean deploys(String prompt, String environment) {
        return may(grant -> grant.role().equals("deployer") && grant.covers(prompt)
                && grant.environments().contains(environment));
    }

    boolean administers() {
        return may(grant -> grant.role().equals("admin"));
    }

    /** The roles held for the prompt. */
    Set<String> roles(String prompt) {
        return limits.getFirst().stream().map(Grant::role).filter(role -> holds(role, prompt))
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean may(Predicate<Grant> allows) {
        return limits.stream().allMatch(limit -> limit.stream().anyMatch(allows));
    }
}
