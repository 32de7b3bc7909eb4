package io.promptaudit.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One permission: a role on the prompts that a pattern matches and, for a deployer, in the environments named.
 *
 * @param prompts {@code **} for all, {@code clinical/**} for everything below a folder, {@code clinical/*} for its direct
 *     members, or one exact name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Grant(Role role, String prompts, List<String> environments) {

    /** The pattern that matches every prompt. */
    public static final String EVERY_PROMPT = "**";

    /** Keeps its own copy of the environments; JSON leaves none out. */
    @SuppressWarnings("NullAway")
    public Grant {
        environments = environments == null ? List.of() : List.copyOf(environments);
    }

    /** A grant that is not bound to environments. */
    public Grant(Role role, String prompts) {
        this(role, prompts, List.of());
    }

    /** Whether the pattern covers this prompt. {@code *} and {@code **} are wildcards only as a whole segment. */
    public boolean covers(String prompt) {
        if (prompts.equals(EVERY_PROMPT)) {
            return true;
        }
        return covers(prompts.split("/", -1), 0, prompt.split("/", -1), 0);
    }

    private static boolean covers(String[] pattern, int p, String[] name, int n) {
        if (p == pattern.length) {
            return n == name.length;
        }
        if (n == name.length) {
            return false;
        }
        return switch (pattern[p]) {
            case "**" -> covers(pattern, p, name, n + 1) || covers(pattern, p + 1, name, n + 1);
            case "*" -> covers(pattern, p + 1, name, n + 1);
            default -> pattern[p].equals(name[n]) && covers(pattern, p + 1, name, n + 1);
        };
    }
}
