package io.promptaudit.command.importing;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;
import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.command.trail.Pending;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.Refused;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.command.trail.Sequence;
import io.promptaudit.command.validation.StrictJson;

/**
 * One import under way. Lines are written one after the other and made durable in groups: a progress report names a position,
 * and everything before it is safe. Nothing is kept in memory but the line at hand.
 */
final class Import {
    /** One MiB of content is never longer than this, even when every character is escaped. */
    private static final int LONGEST_LINE = 8 * 1024 * 1024;
    private static final int LINES_BETWEEN_REPORTS = 500;
    private static final Duration TIME_BETWEEN_REPORTS = Duration.ofSeconds(1);

    private final Recorder recorder;
    private final Sequence sequence;
    private final Caller caller;
    private final RequestContext context;
    private final Report report;
    private @Nullable Pending last;
    private long imported;
    private long skipped;
    private long refused;
    private long position;

    /** Where an import tells what became of the lines. */
    interface Report {
        /** A line was refused. */
        void refused(long line, @Nullable String field, String reason) throws IOException;

        /** All lines up to {@code line} are done, and durable up to {@code position}. */
        void progress(long line, long imported, long skipped, long refused, long position) throws IOException;
    }

    Import(Recorder recorder, Sequence sequence, Caller caller, RequestContext context, Report report) {
        this.recorder = recorder;
        this.sequence = sequence;
        this.caller = caller;
        this.context = context;
        this.report = report;
    }

    /** Imports every line, and reports the end. */
    Totals run(InputStream in) throws IOException {
        var lines = new LineReader(in, LONGEST_LINE);
        long number = 0;
        long reportedAt = System.nanoTime();
        for (var line = lines.next(); line != null; line = lines.next()) {
            number++;
            if (!line.isBlank()) {
                take(number, line);
            }
            boolean due = System.nanoTime() - reportedAt > TIME_BETWEEN_REPORTS.toNanos();
            if (due || number % LINES_BETWEEN_REPORTS == 0) {
                awaitLast();
                report.progress(number, imported, skipped, refused, position);
                reportedAt = System.nanoTime();
            }
        }
        awaitLast();
        // Lines that were skipped stand somewhere up to the head: a reader with this position sees them all.
        return new Totals(imported, skipped, refused, Math.max(position, sequence.head()));
    }

    /** What became of the lines. */
    record Totals(long imported, long skipped, long refused, long position) {}

    private void take(long number, LineReader.Line line) throws IOException {
        try {
            byte[] bytes = line.bytes();
            if (bytes == null) {
                throw new MalformedRequest("line", "is longer than " + LONGEST_LINE + " bytes");
            }
            Pending pending = recorder.decide(StrictJson.read(bytes, ImportLine.class).command(), caller, context);
            if (pending.isNothing()) {
                skipped++;
                return;
            }
            imported++;
            last = pending;
        } catch (MalformedRequest e) {
            refuse(number, e.field(), e.rule());
        } catch (InvalidValue e) {
            refuse(number, e.field(), e.rule());
        } catch (Refused e) {
            refuse(number, null, e.rule().id() + ": " + e.getMessage());
        }
    }

    private void refuse(long number, @Nullable String field, String reason) throws IOException {
        refused++;
        report.refused(number, field, reason);
    }

    private void awaitLast() {
        if (last != null) {
            position = last.await().position();
            last = null;
        }
    }
}
