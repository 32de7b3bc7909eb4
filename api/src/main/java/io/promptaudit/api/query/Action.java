package io.promptaudit.api.query;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What somebody did or was refused: the command's name in lower case with hyphens. */
public enum Action {
    /** Made a prompt. */
    CREATE_PROMPT,
    /** Made a version. */
    EDIT_PROMPT,
    /** Brought a version from elsewhere. */
    IMPORT_VERSION,
    /** Changed descriptive fields. */
    DESCRIBE_PROMPT,
    /** Asked for approval. */
    REQUEST_APPROVAL,
    /** Approved. */
    APPROVE_PROMPT,
    /** Rejected. */
    REJECT_PROMPT,
    /** Took approvals back. */
    REVOKE_APPROVAL,
    /** Took rejections back. */
    WITHDRAW_REJECTION,
    /** Recorded a check. */
    RECORD_CHECK,
    /** Remarked. */
    COMMENT_ON_PROMPT,
    /** Made a version active. */
    DEPLOY_PROMPT,
    /** Made an earlier version active again. */
    ROLL_BACK_PROMPT,
    /** Made nothing active. */
    WITHDRAW_PROMPT,
    /** Judged an emergency. */
    REVIEW_EMERGENCY,
    /** Had a version made active at a later moment. */
    SCHEDULE_DEPLOYMENT,
    /** Had a schedule not executed. */
    CANCEL_SCHEDULE,
    /** Archived. */
    ARCHIVE_PROMPT,
    /** Restored. */
    RESTORE_PROMPT,
    /** Set a release policy. */
    CHANGE_POLICY,
    /** Made an account. */
    CREATE_ACCOUNT,
    /** Changed what is known of an account's person. */
    DESCRIBE_ACCOUNT,
    /** Replaced grants. */
    CHANGE_GRANTS,
    /** Replaced groups. */
    CHANGE_GROUPS,
    /** Set a password. */
    SET_PASSWORD,
    /** Linked an identity of an identity provider to an account. */
    LINK_IDENTITY,
    /** Locked an account. */
    LOCK_ACCOUNT,
    /** Unlocked an account. */
    UNLOCK_ACCOUNT,
    /** Closed an account for good. */
    CLOSE_ACCOUNT,
    /** Erased an account's personal details. */
    ERASE_ACCOUNT,
    /** Let a service or an agent act for oneself. */
    ALLOW_DELEGATE,
    /** Took that back. */
    WITHDRAW_DELEGATE,
    /** Made an API key. */
    CREATE_KEY,
    /** Gave a key a successor. */
    ROTATE_KEY,
    /** Revoked a key. */
    REVOKE_KEY,
    /** Tried to sign in. */
    SIGN_IN,
    /** Let a change of another admin take effect. */
    CONFIRM_CHANGE,
    /** Let a change that waited never take effect. */
    DECLINE_CHANGE,
    /** Was given the content of a prompt whose reads are recorded. */
    READ_CONTENT,
    /** Started the server with another value of a setting. */
    CHANGE_SETTING,
    /** Found that something which protects or proves the trail is not as it should be. */
    OPEN_EPOCH, ROTATE_LEDGER_KEYS, RAISE_ALERT,
    /** Found that it is as it should be again. */
    CLEAR_ALERT,
    /** Asked how the ledger's verification stands, or for it to begin anew. */
    VERIFY_LEDGER,
    /** Asked for a view to be built anew. */
    REBUILD_PROJECTION,
    /** Asked for a view to be compared with the events. */
    RECONCILE_PROJECTION,
    /** Asked for the evidence pack of a prompt. */
    EXPORT_PROMPT,
    /** Asked for the evidence pack of the whole trail. */
    EXPORT_TRAIL;

    /** The name in JSON, for example {@code deploy-prompt}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
