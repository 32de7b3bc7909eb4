package io.promptaudit.server.http;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.HandlerMethod;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;

/**
 * Puts on record what the read side refused, such as the rebuild of a view or an evidence pack: it cannot record by itself. The
 * method of the endpoint is called like what was asked for.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class RefusalAdvice {
    private final Recorder recorder;
    private final Problems problems;

    RefusalAdvice(Recorder recorder, Problems problems) {
        this.recorder = recorder;
        this.problems = problems;
    }

    @ExceptionHandler(CommandRejected.class)
    void refused(CommandRejected rejected, HandlerMethod endpoint, Caller caller, RequestContext context,
            HttpServletRequest request, HttpServletResponse response) throws IOException {
        String command = StringUtils.capitalize(endpoint.getMethod().getName());
        ProblemWriter.write(response, problems.of(recorder.refuse(command, caller, context, rejected), request));
    }
}
