package io.promptaudit.server.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.promptaudit.api.query.Action;
import io.promptaudit.api.query.AuditEntry;
import io.promptaudit.api.query.Outcome;
import io.promptaudit.query.diff.WrittenVersion;
import io.promptaudit.query.store.RecordedEvent;

/**
 * The part of a pack that people read and print: one page without script, picture or address. Written section by section from the
 * events, so that of a long trail only one prompt's story is in memory.
 */
@Component
class Report {
    private final StoredOrder order;
    private final EventReader reader;

    Report(StoredOrder order, EventReader reader) {
        this.order = order;
        this.reader = reader;
    }

    void write(Contents contents, OwnWord verified, OutputStream out) throws IOException {
        var html = new Html(out);
        var frame = new ReportFrame(html, contents);
        frame.begin(verified.lastRecorded());
        frame.verified(verified);
        frame.completeness();
        policies(html, contents);
        prompts(html, contents);
        lines(html, contents, "refusals", "Refusals", "Nobody was refused anything in this period.", Outcome.REFUSED);
        lines(html, contents, "timeline", "Timeline", "Nothing happened in this period.", null);
        frame.end();
        html.flush();
    }

    private void policies(Html html, Contents contents) throws IOException {
        ReportFrame.section(html, "policies", "Release policies");
        html.element("p",
                "What each environment asked for, revision by revision. A deployment names the revision that it was decided on.");
        table(html, "Changes of release policies");
        order.events(contents.size(), place -> contents.selection().holds(place) && Selection.isEnvironment(place.stream()),
                placed -> line(html, reader.read(placed)));
        html.endTable().close("section");
    }

    private void prompts(Html html, Contents contents) throws IOException {
        String only = contents.scope().prompt();
        ReportFrame.section(html, "prompts", only == null ? "Prompts" : "The prompt");
        if (only == null) {
            html.element("p",
                    "What the versions say, and how each differs from the one before, is in the packs of the prompts themselves"
                            + " and, as it was recorded, in events.ndjson.");
        }
        for (String prompt : new TreeSet<>(contents.scope().versions().keySet())) {
            var story = new PromptStory();
            order.stream(Place.ofPrompt(prompt), contents.size(), contents.selection()::holds,
                    placed -> story.add(reader.read(placed)));
            new PromptPages(html, story, contents.scope().to() == null ? "at the checkpoint" : "at the end of the period")
                    .write(prompt);
        }
        html.close("section");
        if (only != null) {
            texts(html, contents, only);
        }
    }

    /** Two versions are in memory at a time. */
    private void texts(Html html, Contents contents, String prompt) throws IOException {
        ReportFrame.section(html, "texts", "What it says");
        var pages = new TextPages(html);
        var before = new Object() {
            @Nullable
            WrittenVersion version;
        };
        order.stream(Place.ofPrompt(prompt), contents.size(), contents.selection()::holds, placed -> {
            RecordedEvent recorded = reader.read(placed).ofPrompt();
            WrittenVersion written = recorded == null ? null : WrittenVersion.of(recorded.event());
            if (written != null) {
                if (before.version == null) {
                    pages.whole(written, ", whole");
                } else {
                    pages.change(before.version.to(written));
                }
                before.version = written;
            }
        });
        if (before.version != null && before.version.version() > 1) {
            pages.whole(before.version, ", the last one, whole");
        }
        html.close("section");
    }

    /** @param only those that ended so; null for all */
    private void lines(Html html, Contents contents, String id, String title, String none, @Nullable Outcome only)
            throws IOException {
        ReportFrame.section(html, id, title);
        var seen = new Object() {
            boolean any;
        };
        order.events(contents.size(), contents.selection()::isOfPeriod, placed -> {
            ReadEvent event = reader.read(placed);
            if (only == null || (event.line() != null && event.line().outcome() == only)) {
                if (!seen.any) {
                    table(html, title);
                    seen.any = true;
                }
                line(html, event);
            }
        });
        if (seen.any) {
            html.endTable();
        } else {
            html.element("p", none);
        }
        html.close("section");
    }

    private static void table(Html html, String caption) throws IOException {
        html.table(caption, "Position", "When", "Who", "What", "Why");
    }

    private static void line(Html html, ReadEvent event) throws IOException {
        AuditEntry line = event.line();
        html.open("tr").open("th", "scope", "row").text(event.place().position()).close("th");
        if (line == null) {
            html.element("td", event.place().time()).element("td", "").element("td", "This event cannot be read.", "class", "bad")
                    .element("td", "");
        } else {
            html.open("td").time(line.recordedAt()).close("td").open("td");
            People.write(html, line, line.actor());
            html.close("td").open("td");
            if (line.action().equals(Action.IMPORT_VERSION.id())) {
                html.element("strong", "Imported, not witnessed", "class", "claim").text(": ");
            }
            html.text(line.sentence()).close("td").element("td", line.reason());
        }
        html.close("tr");
    }
}
