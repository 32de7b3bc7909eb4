package io.promptaudit.query.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.VersionState;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.PromptView;
import io.promptaudit.api.query.VersionView;
import io.promptaudit.api.query.ViewQuery.FindPrompt;
import io.promptaudit.api.query.ViewQuery.FindVersion;
import io.promptaudit.api.query.ViewQuery.ListComments;
import io.promptaudit.api.query.ViewQuery.ListPrompts;
import io.promptaudit.api.query.ViewQuery.ListVersions;

/** Prompts and their versions. */
@RestController
class PromptController {
    private final Questions questions;

    PromptController(Questions questions) {
        this.questions = questions;
    }

    @GetMapping("/api/v1/prompts")
    Page.Prompts list(Caller caller, HttpServletRequest request) {
        var given = Parameters.ofList(request, "q", "tag", "folder", "state", "environment");
        return questions.ask(new ListPrompts(caller, given.position(), given.text("q"), given.text("tag"),
                given.text("folder"), given.choice("state", VersionState.values(), VersionState::name),
                given.text("environment"), given.slice()), Page.Prompts.class);
    }

    @GetMapping("/api/v1/prompts/{name}")
    PromptView find(Caller caller, HttpServletRequest request, @PathVariable String name) {
        return questions.ask(new FindPrompt(caller, Parameters.of(request).position(), name), PromptView.class);
    }

    @GetMapping("/api/v1/prompts/{name}/versions")
    Page.Versions versions(Caller caller, HttpServletRequest request, @PathVariable String name) {
        var given = Parameters.ofList(request);
        return questions.ask(new ListVersions(caller, given.position(), name, given.slice()), Page.Versions.class);
    }

    @GetMapping("/api/v1/prompts/{name}/versions/{version}")
    VersionView version(Caller caller, HttpServletRequest request, @PathVariable String name, @PathVariable String version) {
        return questions.ask(
                new FindVersion(caller, Parameters.of(request).position(), name, Parameters.versionOf(version)),
                VersionView.class);
    }

    @GetMapping("/api/v1/prompts/{name}/versions/{version}/comments")
    Page.Comments comments(Caller caller, HttpServletRequest request, @PathVariable String name, @PathVariable String version) {
        var given = Parameters.ofList(request);
        return questions.ask(
                new ListComments(caller, given.position(), name, Parameters.versionOf(version), given.slice()),
                Page.Comments.class);
    }
}
