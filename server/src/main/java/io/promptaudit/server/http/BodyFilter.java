package io.promptaudit.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

import io.promptaudit.api.MalformedRequest;

/** Reads the JSON body of a write once, whole and bounded, so that it can be digested and then read again. */
class BodyFilter extends OncePerRequestFilter {
    /** The most bytes of JSON: 1 MiB of content may be escaped, and a config and texts stand beside it. */
    static final int LARGEST_BODY = 8 << 20;

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !WRITES.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        MediaType type = type(request.getContentType());
        if (MediaType.APPLICATION_NDJSON.equalsTypeAndSubtype(type)) {
            // A stream without end: its endpoint reads it line by line.
            chain.doFilter(request, response);
            return;
        }
        if (!isJson(type)) {
            throw new UnsupportedContent();
        }
        chain.doFilter(new BufferedRequest(request, body(request)), response);
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > LARGEST_BODY) {
            throw new ContentTooLarge(LARGEST_BODY);
        }
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        } catch (IOException incomplete) {
            throw new MalformedRequest("body", "must be complete");
        }
        if (body.length > LARGEST_BODY) {
            throw new ContentTooLarge(LARGEST_BODY);
        }
        return body;
    }

    /** A body without a type is left to the endpoint: there may be none. */
    private static boolean isJson(@Nullable MediaType type) {
        return type == null || (MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
                && (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8)));
    }

    private static @Nullable MediaType type(@Nullable String header) {
        try {
            return header == null || header.isBlank() ? null : MediaType.parseMediaType(header);
        } catch (InvalidMediaTypeException notAType) {
            throw new UnsupportedContent();
        }
    }
}
