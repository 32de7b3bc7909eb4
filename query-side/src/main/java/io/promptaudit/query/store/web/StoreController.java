package io.promptaudit.query.store.web;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.query.ReplayedPrompt;
import io.promptaudit.api.query.StoreQuery.ListStoredEvents;
import io.promptaudit.api.query.StoreQuery.ReplayPrompt;
import io.promptaudit.api.query.StoredEventPage;
import io.promptaudit.query.store.PromptEvents;

/** A prompt's events as stored, and its state replayed from them. */
@RestController
class StoreController {
    private final QueryGateway queries;
    private final PromptEvents store;

    StoreController(QueryGateway queries, PromptEvents store) {
        this.queries = queries;
        this.store = store;
    }

    @GetMapping("/api/v1/prompts/{name}/events")
    CompletableFuture<StoredEventPage> events(Caller caller, @PathVariable String name,
            @RequestParam MultiValueMap<String, String> sent,
            @RequestHeader(name = Parameters.POSITION, required = false) @Nullable String position) {
        var parameters = Parameters.of(sent, Set.of("cursor", "limit"));
        store.await(Parameters.position(position));
        return queries.query(
                new ListStoredEvents(caller, name, parameters.text("cursor").orElse(null),
                        parameters.limit(ListStoredEvents.USUAL_EVENTS, ListStoredEvents.MOST_EVENTS)),
                ResponseTypes.instanceOf(StoredEventPage.class));
    }

    @GetMapping("/api/v1/prompts/{name}/replay")
    CompletableFuture<ReplayedPrompt> replay(Caller caller, @PathVariable String name,
            @RequestParam MultiValueMap<String, String> sent,
            @RequestHeader(name = Parameters.POSITION, required = false) @Nullable String position) {
        var parameters = Parameters.of(sent, Set.of("sequence", "at"));
        store.await(Parameters.position(position));
        return queries.query(
                new ReplayPrompt(caller, name, parameters.whole("sequence", 0).orElse(null),
                        parameters.moment("at").orElse(null)),
                ResponseTypes.instanceOf(ReplayedPrompt.class));
    }
}
