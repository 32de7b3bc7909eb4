package io.promptaudit.query.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.query.AccountView;
import io.promptaudit.api.query.ChangeState;
import io.promptaudit.api.query.ChangeView;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.PolicyView;
import io.promptaudit.api.query.ViewQuery.FindAccount;
import io.promptaudit.api.query.ViewQuery.FindChange;
import io.promptaudit.api.query.ViewQuery.FindPolicy;
import io.promptaudit.api.query.ViewQuery.ListAccounts;
import io.promptaudit.api.query.ViewQuery.ListChanges;
import io.promptaudit.api.query.ViewQuery.ListEnvironments;
import io.promptaudit.api.query.ViewQuery.ListKeys;
import io.promptaudit.api.query.ViewQuery.WhoAmI;

/** Who may do what: accounts, environments and their policies, and changes of them that wait. */
@RestController
class AdministrationController {
    private final Questions questions;

    AdministrationController(Questions questions) {
        this.questions = questions;
    }

    @GetMapping("/api/v1/me")
    AccountView me(Caller caller, HttpServletRequest request) {
        return questions.ask(new WhoAmI(caller, Parameters.of(request).position()), AccountView.class);
    }

    @GetMapping("/api/v1/accounts")
    Page.Accounts accounts(Caller caller, HttpServletRequest request) {
        var given = Parameters.ofList(request);
        return questions.ask(new ListAccounts(caller, given.position(), given.slice()), Page.Accounts.class);
    }

    @GetMapping("/api/v1/accounts/{id}")
    AccountView account(Caller caller, HttpServletRequest request, @PathVariable String id) {
        return questions.ask(new FindAccount(caller, Parameters.of(request).position(), id), AccountView.class);
    }

    @GetMapping("/api/v1/accounts/{id}/keys")
    Page.Keys keys(Caller caller, HttpServletRequest request, @PathVariable String id) {
        var given = Parameters.ofList(request);
        return questions.ask(new ListKeys(caller, given.position(), id, given.slice()), Page.Keys.class);
    }

    @GetMapping("/api/v1/environments")
    Page.Policies environments(Caller caller, HttpServletRequest request) {
        var given = Parameters.ofList(request);
        return questions.ask(new ListEnvironments(caller, given.position(), given.slice()), Page.Policies.class);
    }

    @GetMapping("/api/v1/environments/{environment}/policy")
    PolicyView policy(Caller caller, HttpServletRequest request, @PathVariable String environment) {
        var given = Parameters.of(request, "at");
        return questions.ask(new FindPolicy(caller, given.position(), environment, given.time("at")), PolicyView.class);
    }

    @GetMapping("/api/v1/changes")
    Page.Changes changes(Caller caller, HttpServletRequest request) {
        var given = Parameters.ofList(request, "state");
        return questions.ask(new ListChanges(caller, given.position(),
                given.choice("state", ChangeState.values(), ChangeState::id), given.slice()), Page.Changes.class);
    }

    @GetMapping("/api/v1/changes/{change}")
    ChangeView change(Caller caller, HttpServletRequest request, @PathVariable String change) {
        return questions.ask(new FindChange(caller, Parameters.of(request).position(), change), ChangeView.class);
    }
}
