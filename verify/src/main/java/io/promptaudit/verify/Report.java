package io.promptaudit.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.VerifierKey;
import io.promptaudit.ledger.pack.Completeness;
import io.promptaudit.ledger.pack.PackVerification;
import io.promptaudit.ledger.policy.TrustedCheckpoint;
import io.promptaudit.ledger.verification.Finding;
import io.promptaudit.ledger.verification.Findings;
import io.promptaudit.ledger.verification.LedgerVerification;
import io.promptaudit.ledger.verification.Verdict;

/**
 * What came out, for people and for programs.
 *
 * @param findings of all checks
 * @param ledger that was verified, unless none could be read
 * @param pack that it came in, if any
 * @param kept how many receipts that somebody kept were verified
 * @param since whether an older checkpoint was verified
 * @param nanos how long the entries took
 */
record Report(Findings findings, @Nullable LedgerVerification ledger, @Nullable PackVerification pack, int kept, boolean since,
        long nanos) {
    private static final double NANOS_IN_SECOND = 1e9;

    Verdict verdict() {
        return findings.verdict();
    }

    private long entries() {
        return ledger == null ? 0 : ledger.entries();
    }

    private long entriesPerSecond() {
        return Math.round(entries() / Math.max(nanos / NANOS_IN_SECOND, 1e-3));
    }

    private long receipts() {
        return kept + (pack == null ? 0 : pack.receipts());
    }

    /** A few lines, the verdict last. */
    String text() {
        var lines = new ArrayList<String>();
        if (pack != null && pack.claim() != null) {
            lines.add("Pack       " + scope(pack.claim()));
        }
        if (ledger != null) {
            lines.addAll(ledger(ledger));
        }
        if (pack != null) {
            lines.add("Events     %,d looked at".formatted(pack.events()));
            lines.add("Rules      %,d events decided again, %,d of them releases".formatted(pack.releases().decided(),
                    pack.releases().releases()));
        }
        if (receipts() > 0) {
            lines.add("Receipts   %,d looked at".formatted(receipts()));
        }
        if (pack != null) {
            lines.add(
                    "Members    %,d compared with the manifest; the table, the report and the page on verifying with nothing else"
                            .formatted(pack.members()));
        }
        if (pack != null && pack.claim() != null && pack.claim().prompt() != null) {
            lines.add(
                    "Not shown  that nothing was left out behind the last event of each history; a pack of the whole trail shows it");
        }
        List<Finding> first = findings.first();
        for (Finding finding : first) {
            lines.add("%-12s %s: %s".formatted(finding.verdict(), finding.check(), finding.detail()));
        }
        if (findings.count() > first.size()) {
            lines.add("and %,d more".formatted(findings.count() - first.size()));
        }
        lines.add(sentence());
        var text = new StringBuilder();
        lines.forEach(line -> text.append(Printable.of(line)).append(System.lineSeparator()));
        return text.toString();
    }

    private String sentence() {
        return switch (verdict()) {
            case GOOD -> "GOOD: " + (pack == null
                    ? "every entry is in the tree that was signed"
                    : "every event is in the tree that was signed, and the release rules let through what was released")
                    + (since || kept > 0 ? ", and nothing that you kept contradicts" : "");
            case INCOMPLETE -> "INCOMPLETE: nothing contradicts, but something is missing";
            case CONTRADICTED ->
                "CONTRADICTED: this is not what was signed" + (pack == null ? "" : ", or not what the rules let through");
        };
    }

    private List<String> ledger(LedgerVerification verification) {
        var lines = new ArrayList<String>();
        Checkpoint claim = verification.claim();
        if (claim != null) {
            lines.add("Ledger     " + claim.origin());
            lines.add("Root       " + claim.root());
            lines.add("Entries    %,d of %,d looked at, %,d a second".formatted(entries(), claim.size(), entriesPerSecond()));
        }
        TrustedCheckpoint trusted = verification.trusted();
        if (trusted != null) {
            trusted.logKeys().stream().map(VerifierKey::label).sorted().forEach(key -> lines.add("Signed by  " + key));
            witnesses(trusted).forEach((witness, at) -> lines.add("Witness    %s, %s".formatted(witness, at)));
        }
        return lines;
    }

    private static String scope(Completeness claim) {
        return (claim.prompt() == null ? "the whole trail" : "the prompt " + claim.prompt())
                + (claim.from() == null ? "" : ", from " + claim.from()) + (claim.to() == null ? "" : ", before " + claim.to());
    }

    private static Map<String, Instant> witnesses(TrustedCheckpoint trusted) {
        var witnesses = new TreeMap<String, Instant>();
        trusted.witnesses().forEach((key, at) -> witnesses.put(key.label(), at));
        return witnesses;
    }

    /** One object on one line. */
    String json() {
        var report = new LinkedHashMap<String, Object>();
        report.put("verdict", name(verdict()));
        if (pack != null) {
            report.put("pack", json(pack));
        }
        if (ledger != null) {
            put(report, ledger);
        }
        report.put("entries", entries());
        report.put("entriesPerSecond", entriesPerSecond());
        report.put("receipts", receipts());
        report.put("since", since);
        report.put("findings", findings.first().stream().map(Report::json).toList());
        report.put("findingsInAll", findings.count());
        return Json.of(report) + "\n";
    }

    private static void put(Map<String, Object> report, LedgerVerification verification) {
        Checkpoint claim = verification.claim();
        if (claim != null) {
            report.put("ledger", claim.origin());
            report.put("size", claim.size());
            report.put("root", claim.root().toString());
        }
        TrustedCheckpoint trusted = verification.trusted();
        if (trusted != null) {
            report.put("signedBy", trusted.logKeys().stream().map(VerifierKey::label).sorted().toList());
            report.put("witnesses", witnesses(trusted).entrySet().stream()
                    .map(witness -> object("witness", witness.getKey(), "at", witness.getValue().toString())).toList());
        }
    }

    private static Map<String, Object> json(PackVerification pack) {
        var json = new LinkedHashMap<String, Object>();
        Completeness claim = pack.claim();
        if (claim != null) {
            json.put("scope", claim.prompt() == null ? "trail" : "prompt");
            put(json, "prompt", claim.prompt());
            put(json, "from", claim.from());
            put(json, "to", claim.to());
        }
        json.put("members", pack.members());
        json.put("events", pack.events());
        json.put("decidedAgain", pack.releases().decided());
        json.put("releases", pack.releases().releases());
        json.put("showsTheEnd", claim != null && claim.prompt() == null);
        return json;
    }

    private static void put(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }

    private static Map<String, Object> json(Finding finding) {
        return object("verdict", name(finding.verdict()), "check", finding.check(), "detail", finding.detail());
    }

    /** Names and values by turns. */
    private static Map<String, Object> object(String... members) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < members.length; i += 2) {
            object.put(members[i], members[i + 1]);
        }
        return object;
    }

    private static String name(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
