package io.promptaudit.server.http;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** The outermost filter: gives each request its id, and answers whatever fails in the filters behind it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class EdgeFilter extends OncePerRequestFilter {
    private final Problems problems;

    EdgeFilter(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        RequestIds.assign(request, response);
        try {
            chain.doFilter(request, response);
        } catch (ServletException wrapper) {
            answer(wrapper.getRootCause() == null ? wrapper : wrapper.getRootCause(), request, response);
        } catch (RuntimeException | Error failure) {
            answer(failure, request, response);
        }
    }

    private void answer(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = problems.of(failure, request);
        if (ProblemWriter.isTooLate(response)) {
            // Tomcat breaks the connection off: half an answer must not look like a whole one.
            throw new IOException("the answer broke off: " + problem.type());
        }
        ProblemWriter.write(response, problem);
    }
}
