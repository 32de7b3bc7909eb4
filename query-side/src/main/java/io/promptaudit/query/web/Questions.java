package io.promptaudit.query.web;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.stereotype.Component;

import io.promptaudit.api.query.Query;

/** Asks queries and waits for their answers. What a handler throws is thrown on as it is. */
@Component
public class Questions {
    private final QueryGateway queries;

    Questions(QueryGateway queries) {
        this.queries = queries;
    }

    /** The answer, of the type that the query's description says. */
    public <R> R ask(Query query, Class<R> answer) {
        try {
            return queries.query(query, ResponseTypes.instanceOf(answer)).get();
        } catch (ExecutionException failure) {
            throw unwrapped(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static RuntimeException unwrapped(ExecutionException failure) {
        Throwable cause = failure.getCause();
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof RuntimeException thrown ? thrown : new IllegalStateException(failure);
    }
}
