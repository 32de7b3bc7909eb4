package io.promptaudit.query.gate;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.query.EvidenceQuery.ExportPrompt;
import io.promptaudit.api.query.EvidenceQuery.ExportTrail;
import io.promptaudit.api.query.Query;
import io.promptaudit.api.query.StoreQuery;
import io.promptaudit.api.query.ViewQuery.FindAccount;
import io.promptaudit.api.query.ViewQuery.FindActive;
import io.promptaudit.api.query.ViewQuery.FindActiveTag;
import io.promptaudit.api.query.ViewQuery.FindChange;
import io.promptaudit.api.query.ViewQuery.FindPolicy;
import io.promptaudit.api.query.ViewQuery.FindPrompt;
import io.promptaudit.api.query.ViewQuery.FindVersion;
import io.promptaudit.api.query.ViewQuery.ListAccounts;
import io.promptaudit.api.query.ViewQuery.ListActive;
import io.promptaudit.api.query.ViewQuery.ListChanges;
import io.promptaudit.api.query.ViewQuery.ListComments;
import io.promptaudit.api.query.ViewQuery.ListDeployments;
import io.promptaudit.api.query.ViewQuery.ListEmergencies;
import io.promptaudit.api.query.ViewQuery.ListEnvironments;
import io.promptaudit.api.query.ViewQuery.ListKeys;
import io.promptaudit.api.query.ViewQuery.ListProjections;
import io.promptaudit.api.query.ViewQuery.ListPrompts;
import io.promptaudit.api.query.ViewQuery.ListReviews;
import io.promptaudit.api.query.ViewQuery.ListSchedules;
import io.promptaudit.api.query.ViewQuery.ListVersions;
import io.promptaudit.api.query.ViewQuery.ReadHistory;
import io.promptaudit.api.query.ViewQuery.RebuildProjection;
import io.promptaudit.api.query.ViewQuery.ReconcileProjection;
import io.promptaudit.api.query.ViewQuery.SearchAudit;
import io.promptaudit.api.query.ViewQuery.WhoAmI;

/**
 * Who may ask what. What a query is about is decided before anything is looked up, so that neither the answer nor the time it takes
 * tells whether something exists that the caller may not know.
 */
final class Access {
    private Access() {}

    /**
     * @throws UnknownThing when the query is about a prompt or account that the caller may not know, whether it exists or not
     * @throws CommandRejected by {@link Rule#MISSING_GRANT} when it is an admin's, or for those who read everything
     */
    static void require(Query query) {
        switch (query) {
            case FindPrompt q -> prompt(q, q.prompt());
            case ListVersions q -> prompt(q, q.prompt());
            case FindVersion q -> prompt(q, q.prompt());
            case ListComments q -> prompt(q, q.prompt());
            case FindActive q -> prompt(q, q.prompt());
            case FindActiveTag q -> prompt(q, q.prompt());
            case ListDeployments q -> prompt(q, q.prompt());
            case ReadHistory q -> prompt(q, q.prompt());
            case StoreQuery q -> prompt(q, q.prompt());
            case ExportPrompt q -> {
                prompt(q, q.prompt());
                reader(q.caller(), "of \"%s\"".formatted(q.prompt()));
            }
            case ExportTrail q -> reader(q.caller(), "of the trail");
            case ListSchedules q -> {
                if (q.prompt() != null) {
                    prompt(q, q.prompt());
                }
            }
            case FindChange q -> change(q.caller(), q.change());
            case FindAccount q -> account(q.caller(), q.account());
            case ListKeys q -> account(q.caller(), q.account());
            case RebuildProjection q -> admin(q.caller());
            case ReconcileProjection q -> admin(q.caller());
            // The answer holds what the caller may know of: the handlers choose, and Sight has the last word.
            case ListPrompts _,ListActive _,ListEmergencies _,SearchAudit _,ListReviews _,ListAccounts _,ListChanges _ -> {
            }
            case WhoAmI _,ListEnvironments _,FindPolicy _,ListProjections _ -> {
            }
        }
    }

    private static void prompt(Query query, String prompt) {
        if (!query.caller().sees(prompt)) {
            throw Sight.unknownPrompt(prompt);
        }
    }

    private static void account(Caller caller, String account) {
        if (!Sight.seesAccount(caller, account)) {
            throw Sight.unknownAccount(account);
        }
    }

    private static void change(Caller caller, String change) {
        if (!caller.readsEverything()) {
            throw Sight.unknownChange(change);
        }
    }

    private static void reader(Caller caller, String ofWhat) {
        if (!caller.readsEverything()) {
            throw new CommandRejected(Rule.MISSING_GRANT,
                    "Only an auditor or an admin may have the evidence pack %s.".formatted(ofWhat));
        }
    }

    private static void admin(Caller caller) {
        if (!caller.holds(Role.ADMIN)) {
            throw new CommandRejected(Rule.MISSING_GRANT, "Only an admin may have a view rebuilt or compared.");
        }
    }
}
