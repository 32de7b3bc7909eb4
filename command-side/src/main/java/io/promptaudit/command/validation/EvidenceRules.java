package io.promptaudit.command.validation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.Meaning;
import io.promptaudit.api.command.PromptCommand.RecordCheck;

/** The rules for what is attached to versions: checks, the meaning of an approval, tags. */
final class EvidenceRules {
    static final int LONGEST_CHECK_NAME = 100;
    private static final int LONGEST_URL = 2_000;
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_TAG = 64;
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private EvidenceRules() {}

    static void check(RecordCheck command) {
        Texts.required("name", command.name(), LONGEST_CHECK_NAME);
        Texts.present("outcome", command.outcome());
        url(command.url());
        String digest = command.digest();
        if (digest != null && !DIGEST.matcher(digest).matches()) {
            throw new InvalidValue("digest", "must be sha256: and 64 lower-case hexadecimal digits");
        }
    }

    static void meaning(@Nullable String meaning) {
        if (meaning != null && Meaning.find(meaning).isEmpty()) {
            throw new InvalidValue("meaning", "must be authorship, review, approval or responsibility");
        }
    }

    static void tags(@Nullable List<String> tags) {
        Texts.unique("tags", tags, MOST_TAGS);
        for (int i = 0; tags != null && i < tags.size(); i++) {
            String field = "tags[" + i + "]";
            String tag = tags.get(i);
            Texts.required(field, tag, LONGEST_TAG);
            if (tag.indexOf(',') >= 0 || tag.codePoints().anyMatch(Character::isISOControl)) {
                throw new InvalidValue(field, "must not contain a comma or a control character");
            }
        }
    }

    private static void url(@Nullable String url) {
        if (url == null) {
            return;
        }
        Texts.required("url", url, LONGEST_URL);
        try {
            var parsed = new URI(url);
            String scheme = parsed.getScheme();
            if (scheme != null && SCHEMES.contains(scheme) && parsed.getHost() != null) {
                return;
            }
        } catch (URISyntaxException notAnAddress) {
            // Falls through to the same answer as an address of another kind.
        }
        throw new InvalidValue("url", "must be an http or https address");
    }
}
