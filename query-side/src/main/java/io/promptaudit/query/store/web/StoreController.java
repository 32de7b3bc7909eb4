package io.promptaudit.query.store.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.query.ReplayedPrompt;
import io.promptaudit.api.query.StoreQuery.ListStoredEvents;
import io.promptaudit.api.query.StoreQuery.ReplayPrompt;
import io.promptaudit.api.query.StoredEventPage;
import io.promptaudit.query.store.PromptEvents;
import io.promptaudit.query.web.Parameters;
import io.promptaudit.query.web.Questions;

/** A prompt's events as stored, and its state replayed from them. */
@RestController
class StoreController {
    private final Questions questions;
    private final PromptEvents store;

    StoreController(Questions questions, PromptEvents store) {
        this.questions = questions;
        this.store = store;
    }

    @GetMapping("/api/v1/prompts/{name}/events")
    StoredEventPage events(Caller caller, HttpServletRequest request, @PathVariable String name) {
        var given = Parameters.ofList(request);
        var slice = given.slice();
        store.await(given.position());
        return questions.ask(new ListStoredEvents(caller, name, slice.cursor(), slice.limit()), StoredEventPage.class);
    }

    @GetMapping("/api/v1/prompts/{name}/replay")
    ReplayedPrompt replay(Caller caller, HttpServletRequest request, @PathVariable String name) {
        var given = Parameters.of(request, "sequence", "at");
        var query = new ReplayPrompt(caller, name, given.whole("sequence", 0), given.time("at"));
        store.await(given.position());
        return questions.ask(query, ReplayedPrompt.class);
    }
}
