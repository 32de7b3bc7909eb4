package io.promptaudit.query.diff.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.query.StoreQuery.CompareVersions;
import io.promptaudit.api.query.VersionDiff;
import io.promptaudit.query.store.PromptEvents;
import io.promptaudit.query.web.Parameters;
import io.promptaudit.query.web.Questions;

/** What is different between two versions. */
@RestController
class DiffController {
    private final Questions questions;
    private final PromptEvents store;

    DiffController(Questions questions, PromptEvents store) {
        this.questions = questions;
        this.store = store;
    }

    @GetMapping("/api/v1/prompts/{name}/diff")
    VersionDiff compare(Caller caller, HttpServletRequest request, @PathVariable String name) {
        var given = Parameters.of(request, "from", "to");
        var query = new CompareVersions(caller, name, given.version("from"), given.version("to"));
        store.await(given.position());
        return questions.ask(query, VersionDiff.class);
    }
}
