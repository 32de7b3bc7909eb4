package io.promptaudit.server.http;

import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The random id that each request gets, and that answers, events and logs share. */
final class RequestIds {
    static final String HEADER = "Request-Id";

    private static final String ATTRIBUTE = RequestIds.class.getName();

    private RequestIds() {}

    static void assign(HttpServletRequest request, HttpServletResponse response) {
        String id = UUID.randomUUID().toString();
        request.setAttribute(ATTRIBUTE, id);
        response.setHeader(HEADER, id);
    }

    /** The id of this request. */
    static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String id) {
            return id;
        }
        throw new IllegalStateException("the request passed no edge filter");
    }
}
