package io.promptaudit.server.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.promptaudit.api.query.EvidenceScope;
import io.promptaudit.ledger.verification.Finding;
import io.promptaudit.ledger.verification.Verdict;

/** What the report says of the pack itself: what it is, what it covers, whether it held, and whether it is complete. */
final class ReportFrame {
    private static final String STYLE = resource("report.css");

    private final Html html;
    private final Contents contents;
    private final EvidenceScope scope;

    ReportFrame(Html html, Contents contents) {
        this.html = html;
        this.contents = contents;
        this.scope = contents.scope();
    }

    /** A text that comes with the program. */
    static String resource(String name) {
        try (InputStream file = Objects.requireNonNull(ReportFrame.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins a section. */
    static void section(Html html, String id, String title) throws IOException {
        html.open("section", "aria-labelledby", id).element("h2", title, "id", id);
    }

    /** @param lastRecorded when the last event was recorded that the checkpoint covers */
    void begin(String lastRecorded) throws IOException {
        String title = scope.prompt() == null ? "The whole trail" : scope.prompt();
        html.markup("""
                <!DOCTYPE html>
                <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
                <head>
                <meta charset="utf-8"/>
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                """).element("title", "Evidence: " + title)
                .markup("<style>\n" + STYLE + "</style>\n</head>\n<body>\n<header>\n")
                .element("p", "Evidence pack", "class", "kind").element("h1", title);
        html.markup("<dl>\n");
        fact("Period", period());
        fact("Checkpoint", "%d events, the last one recorded %s".formatted(contents.size(), moment(lastRecorded)));
        fact("Ledger", contents.checkpoint().origin());
        fact("Root", contents.checkpoint().root().toString());
        html.markup("</dl>\n</header>\n<main>\n");
        about();
    }

    private void fact(String name, String value) throws IOException {
        html.element("dt", name).element("dd", value);
    }

    private String period() {
        return "%s, %s".formatted(scope.from() == null ? "from the beginning" : "from " + moment(scope.from().toString()),
                scope.to() == null ? "up to the checkpoint" : "before " + moment(scope.to().toString()));
    }

    private static String moment(String moment) {
        return moment.replace('T', ' ').replace("Z", " UTC");
    }

    private void about() throws IOException {
        section(html, "about", "What this is");
        html.markup(scope.prompt() == null
                ? "<p>An extract of a trail that records every version of every prompt, who wrote and who approved it, and what was"
                        + " active where and when.</p>\n"
                : "<p>An extract of a trail that records every version of a prompt, who wrote and who approved it, and what was active"
                        + " where and when.</p>\n");
        html.markup(
                """
                        <p>This page is for reading and printing. The evidence is beside it: <code>events.ndjson</code> has the events byte for
                        byte as they were stored, and everything here was made from them. <code>HOW-TO-VERIFY.md</code> says how to check, with
                        tools that are not ours, that they are what was recorded. <code>events.csv</code> has all of them as a table.</p>
                        <p>All times are UTC. Names are those that people had when they acted; an erased name stays erased. What is marked as
                        imported was not witnessed: its author and time are what the source claims. A code such as \u27E8U+202E\u27E9 stands for
                        a character that cannot be seen or that would turn the direction of writing.</p>
                        """)
                .close("section");
    }

    void verified(OwnWord verified) throws IOException {
        section(html, "verified", "What the server found");
        if (verified.findings().verdict() == Verdict.GOOD) {
            html.element("p",
                    "Nothing contradicts. While the pack was written, %d events were compared with their entries in the ledger, %d entries with the tree, and the tree with the signed checkpoint."
                            .formatted(verified.events(), verified.entries()),
                    "class", "good");
        } else {
            html.element("p", "This pack does not hold: %d checks failed.".formatted(verified.findings().count()), "class", "bad")
                    .open("ul");
            for (Finding finding : verified.findings().first()) {
                html.element("li", "%s: %s".formatted(finding.check(), finding.detail()), "class", "bad");
            }
            html.close("ul");
        }
        html.markup(
                """
                        <p>This is the word of the same server that keeps the record, and proves nothing by itself. Verify the pack without it,
                        under a trust policy that you have from somebody else: <code>HOW-TO-VERIFY.md</code> says how. The server did not run the
                        release rules again; the verifier does.</p>
                        """)
                .close("section");
    }

    void completeness() throws IOException {
        section(html, "complete", "What is complete, and what cannot be shown");
        html.markup(scope.prompt() == null
                ? """
                        <p>Every event that the checkpoint covers and that was recorded in the period is here, and so is everything that happened
                        before to the same prompts, and to all environments and accounts, because release rules are decided by it. The verifier
                        checks this: each entry of the ledger in the period must have its event.</p>
                        """
                : """
                        <p>Every event of this prompt up to the end of the period is here, from the first one on, and so are all release policies,
                        and the accounts of everybody who acted. The verifier checks that nothing is missing in between. Refusals on this prompt
                        are here too, as far as the server found them.</p>
                        <p><strong>What a prompt’s pack cannot show:</strong> that no later event of the prompt was left out at the end, and no
                        refusal. The ledger’s entries name no prompt. A pack of the whole trail over the same checkpoint shows it.</p>
                        """);
        html.markup(
                """
                        <p>Who holds the ledger’s signing key could write another history and sign it. That is found by a receipt or a checkpoint
                        that somebody else kept from before, or by an independent witness, and by nothing in this pack alone.</p>
                        """)
                .close("section");
    }

    void end() throws IOException {
        html.markup("</main>\n</body>\n</html>\n");
    }
}
