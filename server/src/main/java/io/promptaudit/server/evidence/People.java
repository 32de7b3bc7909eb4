package io.promptaudit.server.evidence;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.query.AuditEntry;

/** How the report names who acted: with the name of that moment, unless it was erased. */
final class People {
    private People() {}

    /** @param line what they did; null where no event in the pack tells it */
    static void write(Html html, @Nullable AuditEntry line, String account) throws IOException {
        if (line == null) {
            html.text(account);
            return;
        }
        if (line.displayName() != null) {
            html.text(line.displayName()).text(" ").element("span", "(" + account + ")", "class", "small");
        } else {
            html.text(account);
            if (line.kind().equals(AccountKind.PERSON.id())) {
                html.text(" ").element("span", "(name erased)", "class", "small");
            }
        }
        if (line.onBehalfOf() != null) {
            html.text(" on behalf of " + line.onBehalfOf());
        }
    }
}
