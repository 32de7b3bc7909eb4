package io.promptaudit.api;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a command was refused. The id is part of the contract: it is in problem+json, events and the trail for ever. */
public enum Rule {
    /** The caller holds no grant of the role that the command needs, for this prompt and environment. */
    MISSING_GRANT(403),
    /** Authors do not approve their own versions, unless an environment that requires approvals allows it. */
    AUTHOR_MAY_NOT_APPROVE(403),
    /** Every environment that requires approvals asks for a fresh sign-in, and the signer's is too old or was by a key. */
    REAUTHENTICATION_REQUIRED(403),
    /** Whoever approved a version does not deploy it here. */
    APPROVER_MAY_NOT_DEPLOY(403),
    /** Whoever deployed in an emergency does not close its debt. */
    DEPLOYER_MAY_NOT_REVIEW(403),
    /** The prompt exists already. */
    PROMPT_EXISTS(409),
    /** The edit is based on a version that is not the latest. */
    STALE_VERSION(409),
    /** The prompt is archived. */
    ARCHIVED(409),
    /** The prompt is not archived. */
    NOT_ARCHIVED(409),
    /** The prompt is active somewhere and cannot be archived. */
    STILL_ACTIVE(409),
    /** This caller's approval of this version stands already. */
    ALREADY_APPROVED(409),
    /** This caller's rejection of this version stands already. */
    ALREADY_REJECTED(409),
    /** The version awaits review already. */
    ALREADY_IN_REVIEW(409),
    /** The version has no standing approval to revoke. */
    NOT_APPROVED(409),
    /** The version has no standing rejection to withdraw. */
    NOT_REJECTED(409),
    /** A standing rejection blocks the version. */
    VERSION_REJECTED(409),
    /** Fewer approvals count than the policy requires. */
    REQUIRED_APPROVALS(409),
    /** A check that the policy requires has not passed. */
    REQUIRED_CHECKS(409),
    /** The environment is frozen. */
    FROZEN(409),
    /** The environment allows no emergency deployments. */
    EMERGENCY_NOT_ALLOWED(409),
    /** An emergency deployment names the ticket that explains it. */
    EMERGENCY_NEEDS_TICKET(409),
    /** The deployment was no emergency, or its debt is closed. */
    NO_OPEN_EMERGENCY(409),
    /** The version is active there already. */
    ALREADY_ACTIVE(409),
    /** Nothing is active there. */
    NOTHING_ACTIVE(409),
    /** The version was never properly released there, or has been rejected or revoked since. */
    ROLLBACK_TARGET_NOT_RELEASED(409),
    /** The schedule was executed or cancelled already. */
    SCHEDULE_NOT_PENDING(409),
    /** The account exists already. */
    ACCOUNT_EXISTS(409),
    /** The account's personal details and credentials are erased. */
    ACCOUNT_ERASED(409),
    /** Another account is linked to this identity. */
    IDENTITY_TAKEN(409),
    /** Somebody must be left who can administer the server. */
    LAST_ADMIN(409),
    /** One of two admins may not do this, and it cannot wait for the other: the detail says in which other way it is done. */
    SECOND_ADMIN_REQUIRED(409),
    /** Whoever proposed a change does not confirm it, by whatever key, agent or delegate. */
    PROPOSER_MAY_NOT_CONFIRM(403),
    /** Only a person may do this: itself, where it gives out ways to sign in, else also through whoever acts for one. */
    PERSON_MUST_ACT(403),
    /** What the proposed change is based on has moved on. */
    STALE_CHANGE(409),
    /** The proposed change was confirmed or declined already. */
    CHANGE_SETTLED(409),
    /** The caller's account, or the person acted for, is locked. */
    ACCOUNT_LOCKED(403),
    /** The account is locked already. */
    ALREADY_LOCKED(409),
    /** The account is not locked. */
    NOT_LOCKED(409),
    /** The account is closed for good. */
    ACCOUNT_CLOSED(409),
    /** The person named does not let the caller act for them. */
    NOT_A_DELEGATE(403),
    /** The key is revoked, or its time is over. */
    KEY_ENDED(409),
    /** The account has as many keys as it may have. */
    TOO_MANY_KEYS(409);

    private final int status;

    Rule(int status) {
        this.status = status;
    }

    /** The HTTP status of a refusal by this rule: 403 for a permission, 409 for a state. */
    public int status() {
        return status;
    }

    /** The stable id, for example {@code stale-version}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
