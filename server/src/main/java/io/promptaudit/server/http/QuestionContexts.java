package io.promptaudit.server.http;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.queryhandling.QueryMessage;

import io.promptaudit.command.trail.RequestContext;

/** Writes into every query where it came from, so that no endpoint or page can forget it. */
public final class QuestionContexts implements MessageDispatchInterceptor<QueryMessage<?, ?>> {
    /** The key of the {@link RequestContext} in a query's metadata. */
    public static final String CONTEXT = "context";

    @Override
    public BiFunction<Integer, QueryMessage<?, ?>, QueryMessage<?, ?>> handle(List<? extends QueryMessage<?, ?>> messages) {
        return (_, query) -> query.andMetaData(Map.of(CONTEXT, context(query)));
    }

    private static RequestContext context(QueryMessage<?, ?> query) {
        String id = query.getIdentifier();
        return RequestContexts.find().orElseGet(() -> new RequestContext(id, id, null, null, null));
    }
}
