package io.promptaudit.api;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a sign-in was refused. The id is in events for ever. */
public enum SignInRefusal {
    /** The name belongs to no account or key. Told apart from a wrong credential in the trail only, never to who tried. */
    UNKNOWN_ACCOUNT,
    /** The password, secret or token is not right, or not any more. */
    WRONG_CREDENTIAL,
    /** The credential was right, but whoever owns it may not come in now. */
    NOT_ADMITTED,
    /** After failures one has to wait; nobody looked at the credential. */
    TOO_MANY_ATTEMPTS,
    /** It came over plain HTTP; nobody looked at the credential. */
    TLS_REQUIRED;

    /** The name in JSON, for example {@code too-many-attempts}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
