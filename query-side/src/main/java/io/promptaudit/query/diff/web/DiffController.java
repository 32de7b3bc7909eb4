package io.promptaudit.query.diff.web;

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
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.query.StoreQuery.CompareVersions;
import io.promptaudit.api.query.VersionDiff;
import io.promptaudit.query.store.PromptEvents;
import io.promptaudit.query.store.web.Parameters;

/** What is different between two versions. */
@RestController
class DiffController {
    private final QueryGateway queries;
    private final PromptEvents store;

    DiffController(QueryGateway queries, PromptEvents store) {
        this.queries = queries;
        this.store = store;
    }

    @GetMapping("/api/v1/prompts/{name}/diff")
    CompletableFuture<VersionDiff> compare(Caller caller, @PathVariable String name,
            @RequestParam MultiValueMap<String, String> sent,
            @RequestHeader(name = Parameters.POSITION, required = false) @Nullable String position) {
        var parameters = Parameters.of(sent, Set.of("from", "to"));
        store.await(Parameters.position(position));
        return queries.query(
                new CompareVersions(caller, name, version(parameters, "from"), version(parameters, "to")),
                ResponseTypes.instanceOf(VersionDiff.class));
    }

    private static int version(Parameters parameters, String name) {
        long version = parameters.whole(name, 1).orElseThrow(() -> new MalformedRequest(name, "is required"));
        // No prompt has so many versions: the answer is "unknown", not a number cut off.
        return (int) Math.min(version, Integer.MAX_VALUE);
    }
}
