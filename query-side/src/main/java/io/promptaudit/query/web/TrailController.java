package io.promptaudit.query.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.query.Action;
import io.promptaudit.api.query.Outcome;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ReviewState;
import io.promptaudit.api.query.ViewQuery.ListReviews;
import io.promptaudit.api.query.ViewQuery.ReadHistory;
import io.promptaudit.api.query.ViewQuery.SearchAudit;

/** The readable trail, and the reviews it is waiting for. */
@RestController
class TrailController {
    private final Questions questions;

    TrailController(Questions questions) {
        this.questions = questions;
    }

    @GetMapping("/api/v1/prompts/{name}/history")
    Page.Trail history(Caller caller, HttpServletRequest request, @PathVariable String name) {
        var given = Parameters.ofList(request);
        return questions.ask(new ReadHistory(caller, given.position(), name, given.slice()), Page.Trail.class);
    }

    @GetMapping("/api/v1/audit")
    Page.Trail audit(Caller caller, HttpServletRequest request) {
        var given = Parameters.ofList(request, "actor", "action", "prompt", "environment", "from", "to", "outcome", "q");
        return questions.ask(new SearchAudit(caller, given.position(), given.text("actor"),
                given.choice("action", Action.values(), Action::id), given.text("prompt"), given.text("environment"),
                given.time("from"), given.time("to"), given.choice("outcome", Outcome.values(), Outcome::id), given.text("q"),
                given.slice()), Page.Trail.class);
    }

    @GetMapping("/api/v1/approvals")
    Page.Reviews approvals(Caller caller, HttpServletRequest request) {
        var given = Parameters.ofList(request, "state", "reviewer");
        return questions.ask(new ListReviews(caller, given.position(),
                given.choice("state", ReviewState.values(), ReviewState::id), given.text("reviewer"), given.slice()),
                Page.Reviews.class);
    }
}
