package io.promptaudit.query.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ProjectionView;
import io.promptaudit.api.query.ViewQuery.ListProjections;
import io.promptaudit.api.query.ViewQuery.RebuildProjection;
import io.promptaudit.api.query.ViewQuery.ReconcileProjection;

/** The views themselves. */
@RestController
class ProjectionController {
    private final Questions questions;

    ProjectionController(Questions questions) {
        this.questions = questions;
    }

    @GetMapping("/api/v1/projections")
    Page.Projections list(Caller caller, HttpServletRequest request) {
        return questions.ask(new ListProjections(caller, Parameters.of(request).position()), Page.Projections.class);
    }

    @PostMapping("/api/v1/projections/{view}/rebuild")
    ResponseEntity<ProjectionView> rebuildProjection(Caller caller, HttpServletRequest request, @PathVariable String view) {
        var query = new RebuildProjection(caller, Parameters.of(request).position(), view);
        return ResponseEntity.accepted().body(questions.ask(query, ProjectionView.class));
    }

    @PostMapping("/api/v1/projections/{view}/reconciliation")
    ResponseEntity<ProjectionView> reconcileProjection(Caller caller, HttpServletRequest request, @PathVariable String view) {
        var query = new ReconcileProjection(caller, Parameters.of(request).position(), view);
        return ResponseEntity.accepted().body(questions.ask(query, ProjectionView.class));
    }
}
