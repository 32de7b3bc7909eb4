package io.promptaudit.query.gate;

import java.util.List;

import org.axonframework.messaging.MetaData;

import io.promptaudit.api.Caller;
import io.promptaudit.api.event.ContentRead;

/** Puts on record who is about to be given content. */
@FunctionalInterface
public interface ReadRecorder {

    /**
     * Returns once all of it is durable. Called outside of every transaction.
     *
     * @param asked the metadata of the query, which says where the question came from
     * @throws RuntimeException when it cannot be put on record: then the reader gets no content
     */
    void record(Caller reader, List<ContentRead> reads, MetaData asked);
}
