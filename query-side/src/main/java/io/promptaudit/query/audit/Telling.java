package io.promptaudit.query.audit;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Cancellation;
import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Meaning;
import io.promptaudit.api.Rule;
import io.promptaudit.api.Verdict;
import io.promptaudit.api.event.AccountClosed;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountDescribed;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.AccountLocked;
import io.promptaudit.api.event.AccountUnlocked;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.AlertCleared;
import io.promptaudit.api.event.AlertRaised;
import io.promptaudit.api.event.ApprovalRequested;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.CheckRecorded;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.ContentRead;
import io.promptaudit.api.event.DelegateAllowed;
import io.promptaudit.api.event.DelegateWithdrawn;
import io.promptaudit.api.event.DeploymentScheduled;
import io.promptaudit.api.event.EmergencyReviewed;
import io.promptaudit.api.event.EnvironmentEvent;
import io.promptaudit.api.event.EpochOpened;
import io.promptaudit.api.event.GrantsChangeDeclined;
import io.promptaudit.api.event.GrantsChangeProposed;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.GroupsChangeDeclined;
import io.promptaudit.api.event.GroupsChangeProposed;
import io.promptaudit.api.event.GroupsChanged;
import io.promptaudit.api.event.IdentityLinked;
import io.promptaudit.api.event.KeyCreated;
import io.promptaudit.api.event.KeyRevoked;
import io.promptaudit.api.event.KeyRotated;
import io.promptaudit.api.event.LedgerKeysRotated;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.api.event.PolicyChangeDeclined;
import io.promptaudit.api.event.PolicyChangeProposed;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptArchived;
import io.promptaudit.api.event.PromptCommented;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptDescribed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.event.PromptRestored;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.api.event.RejectionWithdrawn;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.api.event.ScheduleCancelled;
import io.promptaudit.api.event.ServerEvent;
import io.promptaudit.api.event.SettingChanged;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.api.query.Action;
import io.promptaudit.api.query.AuditEntry;
import io.promptaudit.api.query.Outcome;
import io.promptaudit.query.view.Occurrence;

/**
 * What an event tells a reader.
 *
 * @param action an {@link Action#id()}
 * @param subject the account it was done to, or null
 * @param sentence what was done, to read after who did it; never holds a prompt's text, a note or a comment
 * @param reason what the actor gave as reason, or null
 */
public record Telling(String action, Outcome outcome, @Nullable Rule rule, @Nullable Long policyRevision, @Nullable String prompt,
        @Nullable Integer version,
        @Nullable String environment, @Nullable String subject, String sentence, @Nullable String reason) {

    private static final String ACCOUNT = "account:";

    /** The line of the readable trail that tells of this event. Personal details stay sealed, and are not in it. */
    public static AuditEntry line(Occurrence when) {
        Telling told = of(when.event());
        var actor = when.actor();
        return new AuditEntry(when.position(), when.id(), when.at(), actor.account(), actor.kind(), actor.onBehalfOf(),
                actor.roles(), actor.credential(), actor.requestId(), actor.traceId(), told.action(), told.outcome(),
                told.rule(), told.policyRevision(), told.prompt(), told.version(), told.environment(), told.subject(),
                "%s %s.".formatted(actor.onBehalfOf() == null
                        ? actor.account()
                        : actor.account() + " on behalf of " + actor.onBehalfOf(), told.sentence().replaceAll("\\.$", "")),
                told.reason(), null, null, null);
    }

    static Telling of(TrailEvent event) {
        return switch (event) {
            case PromptEvent e -> of(e);
            case EnvironmentEvent e -> of(e);
            case AccountEvent e -> of(e);
            case CommandRefused e -> refused(e);
            case SignInRefused e -> refused(e);
            case ContentRead e -> read(e);
            case ServerEvent e -> of(e);
        };
    }

    private static Telling of(ServerEvent event) {
        return switch (event) {
            case SettingChanged e -> by(Action.CHANGE_SETTING, "was started with %s=%s".formatted(e.setting(), plain(e.value())));
            case AlertRaised e -> by(Action.RAISE_ALERT, "raised the alert %s: %s".formatted(e.alert(), plain(e.detail())));
            case AlertCleared e -> by(Action.CLEAR_ALERT, "cleared the alert %s".formatted(e.alert()));
            case EpochOpened e -> by(Action.OPEN_EPOCH, "opened epoch %d of the ledger behind event %d%s: %s".formatted(e.epoch(),
                    e.kept(), signedBefore(e), plain(e.reason())));
            case LedgerKeysRotated e -> by(Action.ROTATE_LEDGER_KEYS,
                    "gave the ledger the keys of generation %d: %s".formatted(e.generation(), plain(e.reason())));
        };
    }

    private static Telling of(PromptEvent event) {
        String p = quoted(event.prompt());
        return switch (event) {
            case PromptCreated e -> on(Action.CREATE_PROMPT, e, 1, "created %s with version 1".formatted(p), null);
            case PromptEdited e -> on(Action.EDIT_PROMPT, e, e.version(),
                    "wrote version %d of %s, based on version %d".formatted(e.version(), p, e.basedOn()), null);
            case VersionImported e -> on(Action.IMPORT_VERSION, e, e.version(),
                    "imported version %d of %s, claimed to be of %s by %s; nobody here witnessed it".formatted(e.version(), p,
                            plain(e.claimedAt()), plain(e.claimedAuthor())),
                    null);
            case PromptDescribed e -> on(Action.DESCRIBE_PROMPT, e, null, "changed the description of %s".formatted(p), null);
            case ApprovalRequested e -> on(Action.REQUEST_APPROVAL, e, e.version(), "asked %s to approve version %d of %s"
                    .formatted(e.reviewers().isEmpty() ? "any reviewer" : String.join(", ", e.reviewers()), e.version(), p),
                    null);
            case PromptApproved e ->
                on(Action.APPROVE_PROMPT, e, e.version(),
                        "approved version %d of %s, which means %s".formatted(e.version(), p, plain(Meaning.said(e.meaning()))),
                        null);
            case PromptRejected e ->
                on(Action.REJECT_PROMPT, e, e.version(), "rejected version %d of %s".formatted(e.version(), p),
                        e.reason());
            case ApprovalRevoked e -> on(Action.REVOKE_APPROVAL, e, e.version(),
                    "revoked %s of version %d of %s".formatted(count(e.approvals(), "approval"), e.version(), p), e.reason());
            case RejectionWithdrawn e -> on(Action.WITHDRAW_REJECTION, e, e.version(),
                    "withdrew %s of version %d of %s".formatted(count(e.rejections(), "rejection"), e.version(), p), e.reason());
            case CheckRecorded e -> on(Action.RECORD_CHECK, e, e.version(), "recorded that version %d of %s %s the check %s"
                    .formatted(e.version(), p, e.outcome() == CheckOutcome.PASSED ? "passed" : "failed", quoted(e.name())), null);
            case PromptCommented e -> on(Action.COMMENT_ON_PROMPT, e, e.version(),
                    "commented on version %d of %s".formatted(e.version(), p), null);
            case PromptDeployed e -> in(Action.DEPLOY_PROMPT, e, e.version(), e.environment(), deployed(e, p), e.reason());
            case PromptRolledBack e -> in(Action.ROLL_BACK_PROMPT, e, e.version(), e.environment(),
                    "rolled %s in %s back to version %d%s".formatted(p, e.environment(), e.version(), instead(e.replaced())),
                    e.reason());
            case PromptWithdrawn e -> in(Action.WITHDRAW_PROMPT, e, e.version(), e.environment(),
                    "withdrew version %d of %s from %s".formatted(e.version(), p, e.environment()), e.reason());
            case EmergencyReviewed e -> in(Action.REVIEW_EMERGENCY, e, e.version(), e.environment(),
                    "judged the emergency deployment of version %d of %s to %s %s".formatted(e.version(), p, e.environment(),
                            e.verdict() == Verdict.GOOD ? "good" : "bad"),
                    null);
            case DeploymentScheduled e -> in(Action.SCHEDULE_DEPLOYMENT, e, e.version(), e.environment(),
                    "scheduled version %d of %s to be deployed to %s at %s%s".formatted(e.version(), p, e.environment(), e.at(),
                            ticket(e.ticket())),
                    e.reason());
            case ScheduleCancelled e -> cancelled(e, p);
            case PromptArchived e -> on(Action.ARCHIVE_PROMPT, e, null, "archived %s".formatted(p), e.reason());
            case PromptRestored e -> on(Action.RESTORE_PROMPT, e, null, "restored %s".formatted(p), e.reason());
        };
    }

    private static String deployed(PromptDeployed e, String prompt) {
        String how = e.emergency() ? " in an emergency, without the approvals that %s asks for,".formatted(e.environment()) : "";
        String scheduled = e.schedule() == null ? "" : ", as scheduled";
        return "deployed version %d of %s%s to %s%s%s%s".formatted(e.version(), prompt, how, e.environment(),
                instead(e.replaced()), scheduled, ticket(e.ticket()));
    }

    private static String ticket(@Nullable String ticket) {
        return ticket == null ? "" : ", ticket " + plain(ticket);
    }

    /** A rule that did not hold at the moment refused a deployment, though nobody waited for the answer. */
    private static Telling cancelled(ScheduleCancelled e, String prompt) {
        String what = "cancelled the scheduled deployment of version %d of %s to %s".formatted(e.version(), prompt,
                e.environment());
        Rule rule = e.rule();
        String sentence = switch (e.cause()) {
            case PERSON -> what;
            case MISSED -> what + ", because its moment was missed";
            case RULE -> what + " by the rule %s: %s".formatted(rule == null ? "" : rule.id(), plain(String.valueOf(e.reason())));
        };
        return new Telling(Action.CANCEL_SCHEDULE.id(), rule == null ? Outcome.DONE : Outcome.REFUSED, rule, e.policyRevision(),
                e.prompt(),
                e.version(), e.environment(), null, sentence, e.cause() == Cancellation.PERSON ? e.reason() : null);
    }

    private static String instead(@Nullable ActiveDeployment replaced) {
        return replaced == null ? "" : " in place of version " + replaced.version();
    }

    private static Telling of(EnvironmentEvent event) {
        return switch (event) {
            case ReleasePolicyChanged e -> new Telling((e.confirms() == null ? Action.CHANGE_POLICY : Action.CONFIRM_CHANGE).id(),
                    Outcome.DONE, null, null, null, null, e.environment(), null,
                    "set revision %d of the release policy of %s%s: %s"
                            .formatted(e.revision(), e.environment(), confirming(e.proposedBy()), PolicyWords.of(e.policy())),
                    e.reason());
            case PolicyChangeProposed e ->
                new Telling(Action.CHANGE_POLICY.id(), Outcome.DONE, null, null, null, null, e.environment(),
                        null, "proposed revision %d of the release policy of %s, which waits for another admin: %s"
                                .formatted(e.basedOn() + 1, e.environment(), PolicyWords.of(e.policy())),
                        e.reason());
            case PolicyChangeDeclined e -> new Telling(Action.DECLINE_CHANGE.id(), Outcome.DONE, null, null, null, null,
                    e.environment(), null, "declined the release policy of %s that %s proposed".formatted(e.environment(),
                            plain(e.proposedBy())),
                    e.reason());
        };
    }

    private static String confirming(@Nullable String proposedBy) {
        return proposedBy == null ? "" : ", which " + plain(proposedBy) + " proposed";
    }

    private static Telling of(AccountEvent event) {
        return switch (event) {
            case AccountCreated e -> to(Action.CREATE_ACCOUNT, e, "created the %s account %s with %s".formatted(e.kind().id(),
                    quoted(e.account()), grants(e.grants())), null);
            case AccountDescribed e ->
                to(Action.DESCRIBE_ACCOUNT, e, "changed the name or contact of %s".formatted(quoted(e.account())), null);
            case GroupsChanged e -> to(e.confirms() == null ? Action.CHANGE_GROUPS : Action.CONFIRM_CHANGE, e,
                    "changed the groups of %s to %s%s".formatted(quoted(e.account()), groups(e.groups()),
                            confirming(e.proposedBy())),
                    e.comment());
            case GroupsChangeProposed e -> to(Action.CHANGE_GROUPS, e,
                    "proposed to change the groups of %s to %s, which waits for another admin".formatted(quoted(e.account()),
                            groups(e.groups())),
                    null);
            case GroupsChangeDeclined e -> to(Action.DECLINE_CHANGE, e,
                    "declined the groups of %s that %s proposed".formatted(quoted(e.account()), plain(e.proposedBy())),
                    e.reason());
            case GrantsChanged e -> to(e.confirms() == null ? Action.CHANGE_GRANTS : Action.CONFIRM_CHANGE, e,
                    "changed the grants of %s to %s%s".formatted(quoted(e.account()), grants(e.grants()),
                            confirming(e.proposedBy())),
                    e.comment());
            case GrantsChangeProposed e -> to(Action.CHANGE_GRANTS, e,
                    "proposed to change the grants of %s to %s, which waits for another admin".formatted(quoted(e.account()),
                            grants(e.grants())),
                    null);
            case GrantsChangeDeclined e -> to(Action.DECLINE_CHANGE, e,
                    "declined the grants of %s that %s proposed".formatted(quoted(e.account()), plain(e.proposedBy())),
                    e.reason());
            case PasswordSet e -> to(Action.SET_PASSWORD, e, "set the password of %s".formatted(quoted(e.account())), null);
            case IdentityLinked e -> to(Action.LINK_IDENTITY, e, "linked the account %s to somebody whom %s knows"
                    .formatted(quoted(e.account()), plain(e.identity().issuer())), null);
            case AccountLocked e -> to(Action.LOCK_ACCOUNT, e, "locked %s".formatted(quoted(e.account())), e.reason());
            case AccountUnlocked e -> to(Action.UNLOCK_ACCOUNT, e, "unlocked %s".formatted(quoted(e.account())), e.reason());
            case AccountClosed e ->
                to(Action.CLOSE_ACCOUNT, e, "closed %s for good".formatted(quoted(e.account())), e.reason());
            case KeyCreated e -> to(Action.CREATE_KEY, e, "made the key %s, called %s, for %s%s".formatted(plain(e.key()),
                    quoted(e.name()), quoted(e.account()), e.grants() == null ? "" : ", limited to " + grants(e.grants())), null);
            case KeyRotated e -> to(Action.ROTATE_KEY, e, "rotated the key %s of %s to %s; it ends at %s".formatted(
                    plain(e.key()), quoted(e.account()), plain(e.successor()), e.endsAt()), null);
            case KeyRevoked e ->
                to(Action.REVOKE_KEY, e, "revoked the key %s of %s".formatted(plain(e.key()), quoted(e.account())), null);
            case DelegateAllowed e -> to(Action.ALLOW_DELEGATE, e, "let %s act for %s%s".formatted(quoted(e.delegate()),
                    quoted(e.account()), e.until() == null ? "" : " until " + e.until()), null);
            case DelegateWithdrawn e -> to(Action.WITHDRAW_DELEGATE, e,
                    "let %s act for %s no more".formatted(quoted(e.delegate()), quoted(e.account())), null);
            case AccountErased e -> to(Action.ERASE_ACCOUNT, e,
                    "erased the personal details of %s".formatted(quoted(e.account())), e.reason());
        };
    }

    private static Telling read(ContentRead e) {
        Integer only = e.versions().size() == 1 ? e.versions().getFirst() : null;
        return new Telling(Action.READ_CONTENT.id(), Outcome.DONE, null, null, e.prompt(), only, e.environment(), null,
                "read %s of %s%s, by %s".formatted(versions(e.versions()), quoted(e.prompt()),
                        e.environment() == null ? "" : " in " + e.environment(), hyphenated(e.query())),
                null);
    }

    private static String versions(List<Integer> versions) {
        return switch (versions.size()) {
            case 0 -> "content";
            case 1 -> "version " + versions.getFirst();
            case 2 -> "versions %d and %d".formatted(versions.getFirst(), versions.getLast());
            default ->
                "%d versions, from %d to %d,".formatted(versions.size(), Collections.min(versions), Collections.max(versions));
        };
    }

    private static String hyphenated(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static Telling refused(CommandRefused e) {
        String subject = e.target().startsWith(ACCOUNT) ? e.target().substring(ACCOUNT.length()) : null;
        String action = hyphenated(e.command());
        return new Telling(action, Outcome.REFUSED, e.rule(), e.policyRevision(), e.prompt(), e.version(), e.environment(),
                subject,
                "was refused %s%s on %s%s by the rule %s: %s".formatted(action,
                        e.version() == null ? "" : " of version " + e.version(), quoted(e.target()),
                        e.environment() == null ? "" : " in " + plain(e.environment()), e.rule().id(), plain(e.detail())),
                null);
    }

    private static Telling refused(SignInRefused e) {
        String how = switch (e.credential()) {
            case PASSWORD -> "a password";
            case KEY -> "an API key";
            case TOKEN -> "a token";
        };
        return new Telling(Action.SIGN_IN.id(), Outcome.REFUSED, null, null, null, null, null, e.account(),
                "refused %s as %s with %s: %s".formatted(e.attempts() == 1 ? "a sign-in" : e.attempts() + " sign-ins",
                        e.account() == null ? "nobody known" : quoted(e.account()), how, e.reason().id()),
                e.reason().id());
    }

    private static Telling on(Action action, PromptEvent event, @Nullable Integer version, String sentence,
            @Nullable String reason) {
        return new Telling(action.id(), Outcome.DONE, null, null, event.prompt(), version, null, null, sentence, reason);
    }

    private static Telling in(Action action, PromptEvent event, int version, String environment, String sentence,
            @Nullable String reason) {
        return new Telling(action.id(), Outcome.DONE, null, null, event.prompt(), version, environment, null, sentence, reason);
    }

    private static Telling to(Action action, AccountEvent event, String sentence, @Nullable String reason) {
        return new Telling(action.id(), Outcome.DONE, null, null, null, null, null, event.account(), sentence, reason);
    }

    private static Telling by(Action action, String sentence) {
        return new Telling(action.id(), Outcome.DONE, null, null, null, null, null, null, sentence, null);
    }

    private static String groups(List<String> groups) {
        return groups.isEmpty() ? "none" : String.join(", ", groups);
    }

    private static String grants(List<Grant> grants) {
        return grants.isEmpty()
                ? "no role"
                : grants.stream().map(grant -> grant.role().id() + " on " + grant.prompts()
                        + (grant.environments().isEmpty() ? "" : " in " + String.join(" and ", grant.environments())))
                        .collect(Collectors.joining(", "));
    }

    private static String count(List<String> of, String what) {
        return of.size() == 1 ? "the " + what : of.size() + " " + what + "s";
    }

    static String quoted(String name) {
        return "\"" + plain(name) + "\"";
    }

    /** What a database that was set back has lost is seen by this. */
    private static String signedBefore(EpochOpened opened) {
        String checkpoint = opened.checkpoint();
        return checkpoint == null
                ? ", and no checkpoint from before is known"
                : checkpoint.lines().skip(1).findFirst().map(size -> ", where a checkpoint over %s is known".formatted(size))
                        .orElse("");
    }

    /** What others typed stays inside its sentence: on one line. */
    private static String plain(String typed) {
        return typed.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
