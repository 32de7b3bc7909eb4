package io.promptaudit.server.http;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

import io.promptaudit.api.MalformedRequest;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.command.trail.RequestContext.Idempotency;

/** Tells where a request came from. */
public class RequestContexts implements HandlerMethodArgumentResolver {
    private static final int LONGEST_USER_AGENT = 512;
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    /** W3C Trace Context: version, trace id, parent id, flags; later versions may append more. */
    private static final Pattern TRACEPARENT = Pattern
            .compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == RequestContext.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest web, @Nullable WebDataBinderFactory binders) {
        var request = web.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("not an HTTP request");
        }
        return of(request, idempotency(request));
    }

    /** Where the request of this thread came from, before an endpoint takes it. */
    public static RequestContext current() {
        return find().orElseThrow(() -> new IllegalStateException("not an HTTP request"));
    }

    /** The same, if this thread answers a request at all. */
    static Optional<RequestContext> find() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? Optional.of(of(attributes.getRequest(), null))
                : Optional.empty();
    }

    private static RequestContext of(HttpServletRequest request, @Nullable Idempotency idempotency) {
        String id = RequestIds.of(request);
        return new RequestContext(id, traceId(request.getHeader("traceparent"), id), request.getRemoteAddr(),
                userAgent(request.getHeader("User-Agent")), idempotency);
    }

    private static String traceId(@Nullable String header, String otherwise) {
        if (header == null) {
            return otherwise;
        }
        Matcher traceparent = TRACEPARENT.matcher(header);
        return traceparent.matches() ? traceparent.group(1) : otherwise;
    }

    private static @Nullable String userAgent(@Nullable String header) {
        return header == null || header.length() <= LONGEST_USER_AGENT ? header : header.substring(0, LONGEST_USER_AGENT);
    }

    /** None for a stream: its body has no digest, and each of its lines is repeatable by itself. */
    private static @Nullable Idempotency idempotency(HttpServletRequest request) {
        List<String> keys = Collections.list(request.getHeaders("Idempotency-Key"));
        if (keys.isEmpty()) {
            return null;
        }
        if (keys.size() > 1 || !KEY.matcher(keys.getFirst()).matches()) {
            throw new MalformedRequest("Idempotency-Key", "must be one header of 1 to 255 visible ASCII characters");
        }
        return request.getAttribute(BufferedRequest.DIGEST) instanceof String digest
                ? new Idempotency(keys.getFirst(), digest)
                : null;
    }
}
