package io.promptaudit.query.gate;

import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.queryhandling.QueryMessage;

import io.promptaudit.api.query.Query;

/**
 * Stands before every query handler: nothing is looked up that the caller may not ask for, and no answer leaves that tells of what
 * the caller may not know, whatever a handler forgot.
 */
public final class QueryGate implements MessageHandlerInterceptor<QueryMessage<?, ?>> {

    /**
     * @throws IllegalStateException when this is no query of the contract, or a handler's answer holds too much
     */
    @Override
    public Object handle(UnitOfWork<? extends QueryMessage<?, ?>> work, InterceptorChain chain) throws Exception {
        if (!(work.getMessage().getPayload() instanceof Query query)) {
            throw new IllegalStateException("only queries of the contract are answered");
        }
        Access.require(query);
        Object answer = chain.proceed();
        if (!Sight.sees(query.caller(), answer)) {
            throw new IllegalStateException(
                    "the answer to %s holds what its caller may not know".formatted(query.getClass().getSimpleName()));
        }
        return answer;
    }
}
