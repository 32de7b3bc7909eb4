package io.promptaudit.query.feed.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.Caller;
import io.promptaudit.query.feed.CallerRefresh;
import io.promptaudit.query.feed.CloudEvent;
import io.promptaudit.query.feed.FeedPage;
import io.promptaudit.query.feed.FeedReader;

/**
 * One client's stream: delivers what is there, beats while there is nothing, and ends when the client leaves, may read no
 * more, or the server stops. The id of what is sent is a position; a beat that says {@code id:} too moves the client on
 * past events it may not see, so that it does not ask for them again.
 */
final class SseStream {
    private static final Logger LOG = LoggerFactory.getLogger(SseStream.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);
    private static final int BATCH = 100;
    /** After so many events that the client may not see, it is told how far it is without waiting for a beat. */
    private static final long MOST_UNTOLD = 1_000;
    /**
     * How long an ended stream may go unnoticed. The thread is never interrupted instead: an interrupt during a read
     * would close the channel of an embedded database's file under everybody.
     */
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final ResponseBodyEmitter emitter = new ResponseBodyEmitter(0L);
    private final FeedReader reader;
    private final Caller caller;
    private final CallerRefresh refresh;
    private final Duration heartbeat;
    private final Thread thread;
    private long told;
    private long lastSent = System.nanoTime();
    private volatile boolean closed;

    SseStream(FeedReader reader, long after, Caller caller, CallerRefresh refresh, Duration heartbeat,
            Consumer<SseStream> ended) {
        this.reader = reader;
        this.told = after;
        this.caller = caller;
        this.refresh = refresh;
        this.heartbeat = heartbeat;
        this.thread = Thread.ofVirtual().name("feed-" + caller.account()).unstarted(() -> run(ended));
        emitter.onCompletion(this::close);
        emitter.onError(_ -> close());
        emitter.onTimeout(this::close);
    }

    ResponseBodyEmitter start() {
        thread.start();
        return emitter;
    }

    /** Lets the stream end soon. */
    void close() {
        closed = true;
    }

    void join(Duration atMost) throws InterruptedException {
        if (thread.getState() != Thread.State.NEW) {
            thread.join(atMost);
        }
    }

    private void run(Consumer<SseStream> ended) {
        try (reader) {
            follow();
        } catch (IOException e) {
            LOG.debug("a subscriber left: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            emitter.complete();
            ended.accept(this);
        }
    }

    private void failed(RuntimeException e) {
        if (closed) {
            // The web server was faster than the next write in noticing that the client left.
            LOG.debug("a subscriber left: {}", e.getMessage());
            return;
        }
        // The client resumes by itself; what is wrong here would otherwise be seen by nobody.
        LOG.warn("a stream of the feed ended at position {}", told, e);
    }

    private void follow() throws IOException, InterruptedException {
        send(":\n\n");
        while (!closed) {
            Duration silence = heartbeat.minusNanos(System.nanoTime() - lastSent);
            boolean beat = !silence.isPositive();
            boolean more = reader.await(beat ? Duration.ZERO : silence.compareTo(GLANCE) < 0 ? silence : GLANCE);
            if (!beat && !more) {
                continue;
            }
            Optional<Caller> now = refresh.refresh(caller);
            if (now.isEmpty()) {
                return;
            }
            deliver(reader.read(now.get(), BATCH), beat);
        }
    }

    private void deliver(FeedPage batch, boolean beat) throws IOException {
        if (!batch.items().isEmpty()) {
            var text = new StringBuilder();
            batch.items().forEach(event -> append(text, event));
            send(text.toString());
            told = batch.items().getLast().position();
        }
        if (batch.next() - told >= MOST_UNTOLD || (beat && batch.items().isEmpty())) {
            send(batch.next() > told ? ":\nid: " + batch.next() + "\n\n" : ":\n\n");
            told = batch.next();
        }
    }

    private static void append(StringBuilder text, CloudEvent event) {
        // JSON has its line feeds escaped, so the data is one line.
        text.append("id: ").append(event.position()).append("\nevent: ").append(event.type()).append("\ndata: ")
                .append(JSON.writeValueAsString(event)).append("\n\n");
    }

    private void send(String text) throws IOException {
        emitter.send(text, TEXT);
        lastSent = System.nanoTime();
    }
}
