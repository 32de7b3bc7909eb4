package io.promptaudit.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems, wherever in the server they arise. */
public final class ProblemWriter {
    static final String MEDIA_TYPE = "application/problem+json";

    /** The first status of an error. */
    private static final int ERRORS = 400;

    private static final JsonMapper MAPPER = JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private ProblemWriter() {}

    /** Whether a part of a good answer is on its way. Where Tomcat has refused the request itself, its valve writes the problem. */
    static boolean isTooLate(HttpServletResponse response) {
        return response.isCommitted() && response.getStatus() < ERRORS;
    }

    /** Writes the problem, unless the answer is on its way already. */
    public static void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.getOutputStream().write(prepare(response, problem).getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }

    /** Writes the answer's head, and gives its body. */
    static String prepare(HttpServletResponse response, Problem problem) {
        response.setStatus(problem.status());
        response.setContentType(MEDIA_TYPE);
        SecureHeaders.write(response);
        problem.headers().forEach(response::setHeader);
        return MAPPER.writeValueAsString(problem.of(requestId(response)));
    }

    private static String requestId(HttpServletResponse response) {
        String known = response.getHeader(RequestIds.HEADER);
        if (known != null) {
            return known;
        }
        // The container refused the request before any filter saw it.
        String fresh = UUID.randomUUID().toString();
        response.setHeader(RequestIds.HEADER, fresh);
        return fresh;
    }
}
