package io.promptaudit.command.importing;

import java.io.IOException;
import java.io.OutputStream;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.command.trail.OutcomeUnknown;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.command.trail.Sealing;
import io.promptaudit.command.trail.Sequence;
import io.promptaudit.command.trail.TrailUnavailable;

/**
 * Takes a stream of NDJSON and answers one: refused lines and progress as they come, the totals last, once all of it is sealed. An import is repeatable
 * by its nature, so it needs no {@code Idempotency-Key}: a line imported before is skipped.
 */
@RestController
@RequestMapping("/api/v1/imports")
class ImportController {
    static final String NDJSON = "application/x-ndjson";
    private static final Logger LOG = LoggerFactory.getLogger(ImportController.class);

    private final Recorder recorder;
    private final Sequence sequence;
    private final Sealing sealing;
    private final JsonMapper json = JsonMapper.builder().build();

    ImportController(Recorder recorder, Sequence sequence, Sealing sealing) {
        this.recorder = recorder;
        this.sequence = sequence;
        this.sealing = sealing;
    }

    @PostMapping(consumes = NDJSON)
    void importHistory(Caller caller, RequestContext context, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        requireImporter(caller, context);
        response.setContentType(NDJSON);
        OutputStream out = response.getOutputStream();
        var answer = new Answer(out);
        try {
            var totals = new Import(recorder, sequence, caller, withoutKey(context), answer).run(request.getInputStream());
            sealing.await(totals.position());
            answer.line(totals);
        } catch (TrailUnavailable | OutcomeUnknown e) {
            // The status is sent already: the last line says that the import stopped, and where it is safe.
            LOG.warn("An import stopped: {}", e.getMessage());
            answer.line(new Stopped("stopped", String.valueOf(e.getMessage())));
        }
        out.flush();
    }

    /** Who may import nothing is told at once, on record, instead of once for each line. */
    private void requireImporter(Caller caller, RequestContext context) {
        if (!caller.holds(Role.EDITOR) && !caller.holds(Role.ADMIN)) {
            throw recorder.refuse("ImportVersion", caller, context, new CommandRejected(Rule.MISSING_GRANT,
                    "you do not hold the role editor or admin; an admin can grant it"));
        }
    }

    private static RequestContext withoutKey(RequestContext context) {
        return new RequestContext(context.requestId(), context.traceId(), context.address(), context.userAgent(), null);
    }

    /** Writes the answer's lines; each is flushed, so that the caller sees it at once. */
    private final class Answer implements Import.Report {
        private final OutputStream out;

        Answer(OutputStream out) {
            this.out = out;
        }

        void line(Object value) throws IOException {
            out.write(json.writeValueAsBytes(value));
            out.write('\n');
        }

        @Override
        public void refused(long line, @Nullable String field, String reason) throws IOException {
            line(new RefusedLine(line, field, reason));
        }

        @Override
        public void progress(long line, long imported, long skipped, long refused, long position) throws IOException {
            line(new Progress(line, imported, skipped, refused, position));
            out.flush();
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RefusedLine(long line, @Nullable String field, String reason) {}

    record Progress(long line, long imported, long skipped, long refused, long position) {}

    record Stopped(String error, String detail) {}
}
