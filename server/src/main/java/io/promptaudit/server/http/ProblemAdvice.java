package io.promptaudit.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Answers what fails in an endpoint, or on the way to one. */
@RestControllerAdvice
class ProblemAdvice {
    private final Problems problems;

    ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler(Throwable.class)
    void failed(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws Throwable {
        if (ProblemWriter.isTooLate(response)) {
            throw failure;
        }
        ProblemWriter.write(response, problems.of(failure, request));
    }

    /** The client went away in the middle of the answer: there is nobody to tell. */
    @ExceptionHandler({AsyncRequestNotUsableException.class, ClientAbortException.class})
    void gone() {}
}
