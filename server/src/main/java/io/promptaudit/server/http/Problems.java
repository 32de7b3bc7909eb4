package io.promptaudit.server.http;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.command.trail.IdempotencyConflict;
import io.promptaudit.command.trail.OutcomeUnknown;
import io.promptaudit.command.trail.Refused;
import io.promptaudit.command.trail.Sealing;
import io.promptaudit.command.trail.TrailUnavailable;
import io.promptaudit.command.validation.StrictJson;

/** Says which problem every failure is. What nobody foresaw is an internal error, told without details. */
@Component
public class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int INTERNAL = 500;
    private static final int RETRY_SECONDS = 5;

    private final List<ProblemMapping> mappings;
    private final Sealing sealing;

    Problems(List<ProblemMapping> mappings, Sealing sealing) {
        this.mappings = mappings;
        this.sealing = sealing;
    }

    /** The problem that this failure is. Logs it, under the request's id, when it is the server's own fault. */
    public Problem of(Throwable failure, HttpServletRequest request) {
        return Challenge.in(problem(failure, request), request);
    }

    private Problem problem(Throwable failure, HttpServletRequest request) {
        for (ProblemMapping mapping : mappings) {
            var problem = mapping.problem(failure);
            if (problem.isPresent()) {
                return problem.get();
            }
        }
        return switch (failure) {
            case MalformedRequest e -> malformed(e);
            case InvalidValue e ->
                Problem.of(422, "invalid-value", e.getMessage()).at(e.field(), e.rule());
            case UnknownThing e -> Problem.of(404, e.type(), e.getMessage());
            case Refused e -> {
                // A receipt that is named is there.
                sealing.await(e.position());
                yield Problem.of(e.rule().status(), e.rule().id(), e.getMessage()).recorded(e);
            }
            case IdempotencyConflict e -> Problem.of(422, "idempotency-key-reused", e.getMessage());
            case TrailUnavailable e -> Problem.passing("trail-unavailable", e.getMessage(), RETRY_SECONDS);
            case OutcomeUnknown e -> Problem.of(500, "outcome-unknown", e.getMessage());
            case ContentTooLarge e -> Problem.of(413, "content-too-large", e.getMessage());
            case UnsupportedContent e -> ofStatus(415).with("Accept", "application/json");
            case AuthenticationException _ -> ofStatus(401);
            case AccessDeniedException _ -> ofStatus(403);
            case RequestRejectedException _ ->
                malformed(new MalformedRequest("request", "has a path or header that is not allowed"));
            case HttpMessageNotReadableException e -> unreadable(e);
            case InvalidParameterException _ -> malformed(new MalformedRequest("query", "must be percent-encoded UTF-8"));
            case MissingServletRequestParameterException e ->
                malformed(new MalformedRequest(e.getParameterName(), "is required"));
            case MethodArgumentTypeMismatchException e ->
                malformed(new MalformedRequest(e.getName(), "has the wrong type"));
            case HttpMediaTypeNotSupportedException e when e.getContentType() == null ->
                malformed(new MalformedRequest("body", "is required, as application/json"));
            case HttpRequestMethodNotSupportedException e -> ofStatus(405).with("Allow", allowed(e));
            case ErrorResponse e when e.getStatusCode().value() != INTERNAL -> ofStatus(e.getStatusCode().value());
            default -> unforeseen(failure, RequestIds.of(request));
        };
    }

    /** The problem that a bare status is. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> Problem.of(status, "malformed-request", "The request could not be understood.");
            case 401 ->
                Problem.of(status, "not-signed-in", "Sign in with HTTP Basic (an account and its password, or both halves of"
                        + " an API key), with Authorization: Bearer and a key's secret, or by single sign-on where it is set up.");
            case 403 -> Problem.of(status, "forbidden", "Your account may not do this.");
            case 404 -> Problem.of(status, "not-found", "There is nothing at this address.");
            case 405 -> Problem.of(status, "method-not-allowed", "This address does not take this method.");
            case 406 -> Problem.of(status, "not-acceptable", "This address answers with application/json.");
            case 413 -> Problem.of(status, "content-too-large", "The request's body is too large.");
            case 414 -> Problem.of(status, "uri-too-long", "The request's address is too long.");
            case 415 -> Problem.of(status, "unsupported-media-type", "Send application/json in UTF-8.");
            case 431 -> Problem.of(status, "headers-too-large", "The request's headers are too large.");
            case 501 -> Problem.of(status, "method-not-allowed", "The server does not know this method.");
            case 503 -> Problem.passing("unavailable", "The server cannot answer now.", RETRY_SECONDS);
            case 505 -> Problem.of(status, "http-version-not-supported", "Send HTTP/1.1.");
            default -> status < 500 ? Problem.of(status, "request-refused", "The request was refused.") : internalError();
        };
    }

    private static Problem malformed(MalformedRequest failure) {
        return Problem.of(400, "malformed-request", failure.getMessage()).at(failure.field(), failure.rule());
    }

    private static Problem unreadable(HttpMessageNotReadableException failure) {
        if (failure.getCause() instanceof JacksonException json) {
            return malformed(StrictJson.malformed(json));
        }
        return malformed(new MalformedRequest("body", "is required"));
    }

    private static String allowed(HttpRequestMethodNotSupportedException failure) {
        var methods = failure.getSupportedHttpMethods();
        return Objects.requireNonNullElse(methods, List.<HttpMethod>of()).stream().map(HttpMethod::name).sorted()
                .collect(Collectors.joining(", "));
    }

    private static Problem unforeseen(Throwable failure, String requestId) {
        if (LOG.isErrorEnabled()) {
            LOG.error("request {} failed: {}", requestId, Traces.withoutMessages(failure));
        }
        return internalError();
    }

    private static Problem internalError() {
        return Problem.of(500, "internal-error", "Something went wrong here. The server's log knows it by this request's id.");
    }
}
