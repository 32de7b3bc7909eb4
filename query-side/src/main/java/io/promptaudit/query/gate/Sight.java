package io.promptaudit.query.gate;

import io.promptaudit.api.Caller;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.query.AccountView;
import io.promptaudit.api.query.Action;
import io.promptaudit.api.query.ActiveTag;
import io.promptaudit.api.query.ActiveView;
import io.promptaudit.api.query.AuditEntry;
import io.promptaudit.api.query.ChangeView;
import io.promptaudit.api.query.EvidenceScope;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.PolicyView;
import io.promptaudit.api.query.ProjectionView;
import io.promptaudit.api.query.PromptView;
import io.promptaudit.api.query.ReplayedPrompt;
import io.promptaudit.api.query.ScheduleView;
import io.promptaudit.api.query.StoredEventPage;
import io.promptaudit.api.query.VersionDiff;
import io.promptaudit.api.query.VersionView;

/** What a caller may know of. */
public final class Sight {
    private Sight() {}

    /** Whether the caller may know this account: who reads everything, and oneself. */
    public static boolean seesAccount(Caller caller, String account) {
        return caller.readsEverything() || caller.account().equals(account);
    }

    /**
     * Whether the caller may read this line: of prompts, who sees the prompt; of accounts, themselves; the rest, and who read what,
     * who reads everything.
     */
    public static boolean sees(Caller caller, AuditEntry entry) {
        if (caller.readsEverything()) {
            return true;
        }
        if (entry.action().equals(Action.READ_CONTENT.id())) {
            return false;
        }
        return entry.prompt() == null ? caller.account().equals(entry.account()) : caller.sees(entry.prompt());
    }

    /** The answer about a prompt that does not exist, or that the caller may not know. */
    public static UnknownThing unknownPrompt(String prompt) {
        return new UnknownThing("prompt-not-found", "There is no prompt \"%s\".".formatted(prompt));
    }

    /** The answer about an account that does not exist, or that the caller may not know. */
    public static UnknownThing unknownAccount(String account) {
        return new UnknownThing("account-not-found", "There is no account \"%s\".".formatted(account));
    }

    /** The answer about a change that does not exist, or that the caller may not know. */
    public static UnknownThing unknownChange(String change) {
        return new UnknownThing("change-not-found", "There is no change \"%s\".".formatted(change));
    }

    /** Whether the caller may know all that an answer tells of. An answer of a type that is not known here, nobody may. */
    static boolean sees(Caller caller, Object answer) {
        return switch (answer) {
            case PromptView prompt -> caller.sees(prompt.name());
            case VersionView version -> caller.sees(version.prompt());
            case ActiveView active -> caller.sees(active.prompt());
            case VersionDiff diff -> caller.sees(diff.prompt());
            case ReplayedPrompt replayed -> caller.sees(replayed.prompt());
            case ScheduleView schedule -> caller.sees(schedule.prompt());
            case ChangeView _,EvidenceScope _ -> caller.readsEverything();
            case AccountView account -> seesAccount(caller, account.id());
            case ProjectionView view -> caller.readsEverything() || (view.rebuild() == null && view.reconciliation() == null);
            // Policies are for everybody; a tag says nothing, and a page of stored events is of the prompt that was asked for.
            case PolicyView _ -> true;
            case ActiveTag _ -> true;
            case StoredEventPage _ -> true;
            case Page<?> page -> seesAll(caller, page);
            default -> false;
        };
    }

    private static boolean seesAll(Caller caller, Page<?> page) {
        return switch (page) {
            case Page.Prompts p -> p.items().stream().allMatch(prompt -> sees(caller, prompt));
            case Page.Versions p -> p.items().stream().allMatch(version -> sees(caller, version));
            case Page.Comments p -> p.items().stream().allMatch(comment -> caller.sees(comment.prompt()));
            case Page.Actives p -> p.items().stream().allMatch(active -> sees(caller, active));
            case Page.Deployments p -> p.items().stream().allMatch(deployment -> caller.sees(deployment.prompt()));
            case Page.Schedules p -> p.items().stream().allMatch(schedule -> caller.sees(schedule.prompt()));
            case Page.Trail p -> p.items().stream().allMatch(entry -> sees(caller, entry));
            case Page.Reviews p -> p.items().stream().allMatch(review -> caller.sees(review.prompt()));
            case Page.Keys p -> p.items().stream().allMatch(key -> seesAccount(caller, key.account()));
            case Page.Accounts p -> p.items().stream().allMatch(account -> sees(caller, account));
            case Page.Changes p -> p.items().stream().allMatch(change -> sees(caller, change));
            case Page.Policies _ -> true;
            case Page.Projections p -> p.items().stream().allMatch(view -> sees(caller, view));
        };
    }
}
