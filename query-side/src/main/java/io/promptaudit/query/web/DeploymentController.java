package io.promptaudit.query.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.query.ActiveTag;
import io.promptaudit.api.query.ActiveView;
import io.promptaudit.api.query.DebtState;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ViewQuery.FindActive;
import io.promptaudit.api.query.ViewQuery.FindActiveTag;
import io.promptaudit.api.query.ViewQuery.ListActive;
import io.promptaudit.api.query.ViewQuery.ListDeployments;
import io.promptaudit.api.query.ViewQuery.ListEmergencies;
import io.promptaudit.query.deployments.ActiveTags;

/** What is or was active where. */
@RestController
class DeploymentController {
    private final Questions questions;

    DeploymentController(Questions questions) {
        this.questions = questions;
    }

    /** An application that polls sends the ETag back, and is answered 304 while nothing has changed. */
    @GetMapping("/api/v1/prompts/{name}/active")
    ResponseEntity<ActiveView> active(Caller caller, HttpServletRequest request, @PathVariable String name) {
        var given = Parameters.of(request, "environment", "at");
        var query = new FindActive(caller, given.position(), name, given.required("environment"), given.time("at"));
        String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null) {
            // Asked first, so that who has it already is given no content.
            var tag = questions.ask(new FindActiveTag(caller, query.position(), name, query.environment(), query.at()),
                    ActiveTag.class).tag();
            if (ETag.parse(known).stream().anyMatch(one -> one.isWildcard() || one.tag().equals(tag))) {
                return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build();
            }
        }
        var active = questions.ask(query, ActiveView.class);
        return ResponseEntity.ok().eTag(ActiveTags.of(active).tag()).body(active);
    }

    @GetMapping("/api/v1/environments/{environment}/active")
    Page.Actives everythingActive(Caller caller, HttpServletRequest request, @PathVariable String environment) {
        var given = Parameters.ofList(request, "at");
        return questions.ask(new ListActive(caller, given.position(), environment, given.time("at"), given.slice()),
                Page.Actives.class);
    }

    @GetMapping("/api/v1/prompts/{name}/deployments")
    Page.Deployments deployments(Caller caller, HttpServletRequest request, @PathVariable String name) {
        var given = Parameters.ofList(request);
        return questions.ask(new ListDeployments(caller, given.position(), name, given.slice()), Page.Deployments.class);
    }

    @GetMapping("/api/v1/emergencies")
    Page.Deployments emergencies(Caller caller, HttpServletRequest request) {
        var given = Parameters.ofList(request, "state");
        return questions.ask(new ListEmergencies(caller, given.position(),
                given.choice("state", DebtState.values(), DebtState::id), given.slice()), Page.Deployments.class);
    }
}
