package io.promptaudit.server.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.query.EvidenceQuery;
import io.promptaudit.api.query.EvidenceQuery.ExportPrompt;
import io.promptaudit.api.query.EvidenceQuery.ExportTrail;
import io.promptaudit.api.query.EvidenceScope;
import io.promptaudit.query.feed.CallerRefresh;
import io.promptaudit.query.web.Parameters;
import io.promptaudit.query.web.Questions;

/**
 * Gives evidence packs, as streams. What fails before the first bytes are sent is a problem like any other; what fails later breaks the
 * connection off, and the pack has no end.
 */
@RestController
class EvidenceController {
    private static final String ZIP = "application/zip";
    private static final String OTHER_THAN_IN_FILE_NAMES = "[^\\p{L}\\p{N}._-]+";

    private final Questions questions;
    private final EvidencePack packs;
    private final CallerRefresh refresh;

    EvidenceController(Questions questions, EvidencePack packs, CallerRefresh refresh) {
        this.questions = questions;
        this.packs = packs;
        this.refresh = refresh;
    }

    @GetMapping("/api/v1/prompts/{name}/evidence")
    void exportPrompt(Caller caller, HttpServletRequest request, HttpServletResponse response, @PathVariable String name)
            throws IOException {
        var given = Parameters.of(request, "from", "to");
        give(new ExportPrompt(caller, given.position(), name, given.time("from"), given.time("to")), response);
    }

    @GetMapping("/api/v1/evidence")
    void exportTrail(Caller caller, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var given = Parameters.of(request, "from", "to");
        give(new ExportTrail(caller, given.position(), given.time("from"), given.time("to")), response);
    }

    private void give(EvidenceQuery query, HttpServletResponse response) throws IOException {
        EvidenceScope scope = questions.ask(query, EvidenceScope.class);
        response.setContentType(ZIP);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment()
                .filename(fileName(scope), StandardCharsets.UTF_8).build().toString());
        try {
            packs.write(scope, new WatchedStream(response.getOutputStream(), () -> mayRead(query.caller())));
        } catch (IOException | RuntimeException failure) {
            if (!response.isCommitted()) {
                // What follows is a problem, and no file.
                response.setHeader(HttpHeaders.CONTENT_DISPOSITION, null);
            }
            throw failure;
        }
        response.flushBuffer();
    }

    /** A long answer outlives grants, tokens and sessions: what it may show is asked again as it goes. */
    private boolean mayRead(Caller caller) {
        return refresh.refresh(caller).filter(Caller::readsEverything).isPresent();
    }

    private static String fileName(EvidenceScope scope) {
        String what = scope.prompt() == null ? "trail" : tame(scope.prompt());
        return "evidence-%s%s%s-at-%d.zip".formatted(what, period("-from-", scope.from()), period("-to-", scope.to()),
                Contents.of(scope).size());
    }

    private static String period(String word, @Nullable Object moment) {
        return moment == null ? "" : word + tame(moment.toString());
    }

    private static String tame(String text) {
        return text.replaceAll(OTHER_THAN_IN_FILE_NAMES, "-");
    }
}
