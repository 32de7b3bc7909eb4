package io.promptaudit.command.validation;

import java.time.DateTimeException;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.command.PromptCommand.ImportVersion;

/** The rules for versions from elsewhere: what a source claims is kept as it is, so it is judged more mildly. */
final class ImportRules {
    private static final int LONGEST_NOTE = 10_000;
    private static final int LONGEST_CLAIM = 200;
    private static final int LATEST_YEAR = 9999;

    private ImportRules() {}

    static void check(ImportVersion command) {
        Texts.required("author", command.claimedAuthor(), LONGEST_CLAIM);
        moment(command.claimedAt());
        Texts.present("note", command.note());
        // A source that gave no reason cannot be asked for one any more, so a blank note passes.
        Texts.clearable("note", command.note(), LONGEST_NOTE);
        ContentRules.check(command.type(), command.content(), command.config());
        Texts.clearable("title", command.title(), LONGEST_CLAIM);
        Texts.optional("commit", command.commit(), LONGEST_CLAIM);
    }

    private static void moment(@Nullable String at) {
        Texts.present("at", at);
        try {
            int year = OffsetDateTime.parse(String.valueOf(at)).getYear();
            if (year < 1 || year > LATEST_YEAR) {
                throw new InvalidValue("at", "must be in the years 1 to 9999");
            }
        } catch (DateTimeException notATime) {
            throw new InvalidValue("at", "must be a time in ISO 8601 with an offset, such as 2026-01-31T09:30:00Z");
        }
    }
}
