package io.promptaudit.server.http;

import java.io.IOException;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what the container reports as an error: it happened outside every endpoint. */
@Controller
class ProblemPage implements ErrorController {
    private static final int NOT_FOUND = 404;

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        boolean reported = request.getDispatcherType() == DispatcherType.ERROR && status instanceof Integer;
        ProblemWriter.write(response, Problems.ofStatus(reported ? (Integer) status : NOT_FOUND));
    }
}
