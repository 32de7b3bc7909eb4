package io.promptaudit.query.feed.web;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

import io.promptaudit.api.Caller;
import io.promptaudit.query.feed.Feed;
import io.promptaudit.query.feed.FeedPage;
import io.promptaudit.query.web.Parameters;

/** Every recorded event in order: as Server-Sent Events, or a page at a time for whoever asks for JSON. */
@RestController
class FeedController {
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String AFTER = "after";

    private final Feed feed;
    private final SseStreams streams;

    FeedController(Feed feed, SseStreams streams) {
        this.feed = feed;
        this.streams = streams;
    }

    @GetMapping(path = "/api/v1/events", produces = MediaType.APPLICATION_JSON_VALUE)
    FeedPage page(Caller caller, HttpServletRequest request) {
        var given = Parameters.of(request, AFTER, "limit");
        long after = after(given);
        int limit = given.slice().limit();
        feed.await(given.position());
        return feed.page(caller, after, limit);
    }

    /** Has no {@code produces}, so that a client without preference gets the stream that the contract names. */
    @GetMapping("/api/v1/events")
    ResponseEntity<ResponseBodyEmitter> stream(Caller caller, HttpServletRequest request,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
            @RequestHeader HttpHeaders headers) throws HttpMediaTypeNotAcceptableException {
        requireAccepted(headers.getAccept());
        long after = after(Parameters.of(request, AFTER));
        if (lastEventId != null && !lastEventId.isBlank()) {
            after = Parameters.whole(LAST_EVENT_ID, lastEventId, 0);
        }
        // Proxies that buffer would hold the events back.
        return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no").body(streams.open(caller, after));
    }

    private static long after(Parameters given) {
        Long after = given.whole(AFTER, 0);
        return after == null ? 0 : after;
    }

    private static void requireAccepted(List<MediaType> accepted) throws HttpMediaTypeNotAcceptableException {
        if (!accepted.isEmpty() && accepted.stream().noneMatch(MediaType.TEXT_EVENT_STREAM::isCompatibleWith)) {
            throw new HttpMediaTypeNotAcceptableException(List.of(MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_JSON));
        }
    }
}
