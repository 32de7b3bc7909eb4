package io.promptaudit.api;

/**
 * The names of the metadata that every event carries. Values are strings, because numbers do not survive every event store.
 * All are in the clear except {@link #PERSONAL}.
 */
public final class EventMetadata {
    /** The id of the account that acted. */
    public static final String ACCOUNT = "account";
    /** {@link AccountKind} of the account, lower case. */
    public static final String KIND = "kind";
    /** The person an agent or a service acted for; absent otherwise. */
    public static final String ON_BEHALF_OF = "onBehalfOf";
    /** The roles held at that moment, comma-separated. */
    public static final String ROLES = "roles";
    /** The groups the caller belonged to at that moment, comma-separated; absent when there were none. */
    public static final String GROUPS = "groups";
    /** The id of the credential presented. */
    public static final String CREDENTIAL = "credential";
    /** Random, one for each request: it also salts the digest of the stored event. */
    public static final String REQUEST_ID = "requestId";
    /** The W3C trace id of the request, or the request id where the caller sent none. */
    public static final String TRACE_ID = "traceId";
    /** Display name, client address and user agent, encrypted under the account's own key ({@link PersonalDetails}). */
    public static final String PERSONAL = "personal";

    private EventMetadata() {}
}
