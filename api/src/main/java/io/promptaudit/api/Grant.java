package io.promptaudit.api;

import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

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

    /**
     * Whether whoever holds these grants may already do all that this one allows. A grant that only several of them together
     * would allow, on a pattern that none covers alone, is not covered.
     */
    public boolean isCoveredBy(List<Grant> held) {
        return environments.isEmpty()
                ? held.stream().anyMatch(grant -> grant.includes(this))
                : environments.stream().allMatch(environment -> held.stream()
                        .anyMatch(grant -> grant.includes(this) && grant.environments.contains(environment)));
    }

    private boolean includes(Grant other) {
        if (other.role == Role.VIEWER && role.readsEverything()) {
            return true;
        }
        return (other.role == role || other.role == Role.VIEWER)
                && covers(prompts.split("/", -1), 0, ofAnyLength(other.prompts.split("/", -1)), 0);
    }

    private static @Nullable String[] ofAnyLength(String[] pattern) {
        return Arrays.stream(pattern).map(segment -> segment.equals("**") ? null : segment).toArray(String[]::new);
    }

    /** A null in the name stands for any number of segments, and is covered by its like only. */
    private static boolean covers(String[] pattern, int p, @Nullable String[] name, int n) {
        if (p == pattern.length) {
            return n == name.length;
        }
        if (n == name.length) {
            return false;
        }
        return switch (pattern[p]) {
            case "**" -> covers(pattern, p, name, n + 1) || covers(pattern, p + 1, name, n + 1);
            case "*" -> name[n] != null && covers(pattern, p + 1, name, n + 1);
            default -> pattern[p].equals(name[n]) && covers(pattern, p + 1, name, n + 1);
        };
    }
}
