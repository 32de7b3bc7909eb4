package io.promptaudit.command.validation;

import org.jspecify.annotations.Nullable;

/** The rule for reasons of decisions that are no commands. */
public final class Reasons {
    private Reasons() {}

    /**
     * Passes a reason of 1 to 2,000 characters that says something.
     *
     * @throws io.promptaudit.api.MalformedRequest when there is none
     * @throws io.promptaudit.api.InvalidValue when it is blank, too long or no Unicode
     */
    public static void require(@Nullable String reason) {
        Texts.required("reason", reason, Texts.LONGEST_REMARK);
    }
}
