package io.promptaudit.query.gate;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.queryhandling.QueryMessage;

import io.promptaudit.api.Caller;
import io.promptaudit.api.event.ContentRead;
import io.promptaudit.api.query.Query;

/**
 * Stands before every query handler: nothing is looked up that the caller may not ask for, and no answer leaves that tells of what
 * the caller may not know, whatever a handler forgot. Where reads are recorded, an answer with content leaves only once that is on
 * record.
 */
public final class QueryGate implements MessageHandlerInterceptor<QueryMessage<?, ?>> {
    private final AuditedReads audited;
    private final ReadRecorder recorder;

    /** @param auditReads patterns of the names of prompts whose reads are recorded, as grants have them */
    public QueryGate(List<String> auditReads, ReadRecorder recorder) {
        this.audited = new AuditedReads(auditReads);
        this.recorder = recorder;
    }

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
        var reads = audited.in(query, answer);
        return reads.isEmpty() ? answer : onceRecorded(work, query.caller(), reads, answer);
    }

    /**
     * The answer, once it is on record that it is given. That begins after the transaction, which holds a connection that the recorder
     * may be waiting for; and because Axon passes over what fails then, it is a promise that is kept or broken there.
     */
    private CompletableFuture<Object> onceRecorded(UnitOfWork<? extends QueryMessage<?, ?>> work, Caller reader,
            List<ContentRead> reads, Object answer) {
        var given = new CompletableFuture<Object>();
        var asked = work.getMessage().getMetaData();
        work.afterCommit(_ -> {
            try {
                recorder.record(reader, reads, asked);
                given.complete(answer);
            } catch (RuntimeException | Error e) {
                given.completeExceptionally(e);
            }
        });
        return given;
    }
}
