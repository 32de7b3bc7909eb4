package io.promptaudit.command.validation;

import java.io.IOException;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.json.JsonMapper;

/** The one form of a JSON value (RFC 8785). Speaks for values that {@link CommandValidator} passed only. */
final class CanonicalJson {
    /** Components of records are their JSON; helpers such as {@code isPlaceholder} are not. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultVisibility(visible -> visible.withIsGetterVisibility(Visibility.NONE)).build();

    private CanonicalJson() {}

    /** The canonical form in UTF-8. */
    static byte[] of(Object value) {
        try {
            return new JsonCanonicalizer(MAPPER.writeValueAsString(value)).getEncodedUTF8();
        } catch (IOException notJson) {
            throw new IllegalArgumentException("has no canonical form", notJson);
        }
    }
}
