package io.promptaudit.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers requests that Tomcat refuses before the application sees them. Tomcat makes it, by its name. */
public class ProblemValve extends ErrorReportValve {
    private static final int FIRST_ERROR = 400;

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            if (request.isSecure()) {
                response.setHeader(SecureHeaders.KEEP_TO_TLS, SecureHeaders.FOR_A_YEAR);
            }
            String body = ProblemWriter.prepare(response, Problems.ofStatus(response.getStatus()));
            response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException gone) {
            // The client does not wait for the answer.
            getContainer().getLogger().debug("nobody to answer", gone);
        }
    }
}
