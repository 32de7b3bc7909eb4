package io.promptaudit.command.validation;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Grant;
import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.Role;

/** The rules for grants. */
public final class GrantRules {
    private static final int MOST_GRANTS = 100;
    private static final int MOST_ENVIRONMENTS = 50;
    /** Each one multiplies the ways in which a name can match, so a pattern with many could stall every decision. */
    private static final int MOST_DEEP_WILDCARDS = 2;

    private GrantRules() {}

    static void check(@Nullable List<Grant> grants) {
        Texts.present("grants", grants);
        if (grants == null) {
            return;
        }
        if (grants.size() > MOST_GRANTS) {
            throw new InvalidValue("grants", "must have at most %d entries".formatted(MOST_GRANTS));
        }
        for (int i = 0; i < grants.size(); i++) {
            check("grants[" + i + "]", grants.get(i));
        }
    }

    private static void check(String path, Grant grant) {
        Texts.present(path + ".role", grant.role());
        pattern(path + ".prompts", grant.prompts());
        environments(path + ".environments", grant.role(), grant.environments());
    }

    /**
     * A pattern of prompts' names.
     *
     * @throws io.promptaudit.api.MalformedRequest when it is missing
     * @throws InvalidValue naming the field, when it is no name with whole segments for wildcards
     */
    public static void pattern(String field, @Nullable String pattern) {
        Texts.present(field, pattern);
        // With a letter for each wildcard, a pattern obeys the rules of a name.
        Names.prompt(field, pattern == null
                ? null
                : String.join("/", Arrays.stream(pattern.split("/", -1))
                        .map(segment -> isWildcard(segment) ? "x" : segment).toList()));
        if (pattern != null && Arrays.stream(pattern.split("/", -1)).filter("**"::equals).count() > MOST_DEEP_WILDCARDS) {
            throw new InvalidValue(field, "must have at most %d segments **".formatted(MOST_DEEP_WILDCARDS));
        }
    }

    private static boolean isWildcard(String segment) {
        return segment.equals("*") || segment.equals("**");
    }

    private static void environments(String field, Role role, List<String> environments) {
        Texts.unique(field, environments, MOST_ENVIRONMENTS);
        for (int i = 0; i < environments.size(); i++) {
            Names.environment(field + "[" + i + "]", environments.get(i));
        }
        switch (role) {
            case DEPLOYER -> {
                if (environments.isEmpty()) {
                    throw new InvalidValue(field, "must name at least one environment, because the role is deployer");
                }
            }
            case VIEWER, EDITOR, REVIEWER, AUDITOR, ADMIN -> {
                if (!environments.isEmpty()) {
                    throw new InvalidValue(field, "is for deployers only");
                }
            }
        }
    }
}
