package io.promptaudit.server.http;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

import io.promptaudit.command.trail.Recorded;

/** Answers 202 (RFC 9110, 15.3.3) where what was asked for waits for a second admin, whatever the endpoint answers else. */
@ControllerAdvice
class PendingAdvice implements ResponseBodyAdvice<Recorded> {

    @Override
    public boolean supports(MethodParameter returns, Class<? extends HttpMessageConverter<?>> converter) {
        return returns.getParameterType() == Recorded.class;
    }

    @Override
    public @Nullable Recorded beforeBodyWrite(@Nullable Recorded body, MethodParameter returns, MediaType type,
            Class<? extends HttpMessageConverter<?>> converter, ServerHttpRequest request, ServerHttpResponse response) {
        if (body != null && body.pending() != null) {
            response.setStatusCode(HttpStatus.ACCEPTED);
        }
        return body;
    }
}
