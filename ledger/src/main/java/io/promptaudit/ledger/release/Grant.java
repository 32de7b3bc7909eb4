package io.promptaudit.ledger.release;

import java.util.List;

/** A role on the prompts that a pattern matches; a deployer's also in these environments only. */
record Grant(String role, String prompts, List<String> environments) {

    static List<Grant> list(Fields body, String name) {
        return body.objects(name).stream()
                .map(grant -> new Grant(grant.text("role"), grant.text("prompts"), grant.texts("environments"))).toList();
    }

    /** Whether the pattern matches: {@code **} is any segments, one at least; {@code *} is one. */
    boolean covers(String prompt) {
        return matches(List.of(prompts.split("/", -1)), List.of(prompt.split("/", -1)));
    }

    private static boolean matches(List<String> pattern, List<String> name) {
        if (pattern.isEmpty() || name.isEmpty()) {
            return pattern.isEmpty() && name.isEmpty();
        }
        List<String> rest = pattern.subList(1, pattern.size());
        if (pattern.getFirst().equals("**")) {
            for (int taken = 1; taken <= name.size(); taken++) {
                if (matches(rest, name.subList(taken, name.size()))) {
                    return true;
                }
            }
            return false;
        }
        return (pattern.getFirst().equals("*") || pattern.getFirst().equals(name.getFirst()))
                && matches(rest, name.subList(1, name.size()));
    }
}
