package io.promptaudit.server.verification;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it was sealed.
 *
 * @param check which check it failed: {@code position}, {@code event}, {@code entry}, {@code leaf}, {@code sequence}, {@code node},
 *     {@code root}, {@code checkpoint}, {@code second-place}, {@code surplus} or {@code readable}
 * @param detail what is wrong, without anything that an event says
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Finding(String check, String detail, @Nullable Long position, @Nullable String eventId) {

    /** In one line. */
    @Override
    public String toString() {
        return check + ": " + detail;
    }
}
