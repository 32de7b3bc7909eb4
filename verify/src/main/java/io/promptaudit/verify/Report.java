package io.promptaudit.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.VerifierKey;
import io.promptaudit.ledger.policy.TrustedCheckpoint;
import io.promptaudit.ledger.verification.Finding;
import io.promptaudit.ledger.verification.LedgerVerification;
import io.promptaudit.ledger.verification.Verdict;

/**
 * What came out, for people and for programs.
 *
 * @param verification that was run
 * @param receipts how many were verified
 * @param since whether an older checkpoint was verified
 * @param nanos how long the entries took
 */
record Report(LedgerVerification verification, int receipts, boolean since, long nanos) {
    private static final double NANOS_IN_SECOND = 1e9;

    Verdict verdict() {
        return verification.findings().verdict();
    }

    private long entriesPerSecond() {
        return Math.round(verification.entries() / Math.max(nanos / NANOS_IN_SECOND, 1e-3));
    }

    /** A few lines, the verdict last. */
    String text() {
        var lines = new ArrayList<String>();
        Checkpoint claim = verification.claim();
        if (claim != null) {
            lines.add("Ledger     " + claim.origin());
            lines.add("Root       " + claim.root());
            lines.add("Entries    %,d of %,d looked at, %,d a second".formatted(verification.entries(), claim.size(),
                    entriesPerSecond()));
        }
        TrustedCheckpoint trusted = verification.trusted();
        if (trusted != null) {
            trusted.logKeys().stream().map(VerifierKey::label).sorted().forEach(key -> lines.add("Signed by  " + key));
            witnesses(trusted).forEach((witness, at) -> lines.add("Witness    %s, %s".formatted(witness, at)));
        }
        if (receipts > 0) {
            lines.add("Receipts   %,d looked at".formatted(receipts));
        }
        List<Finding> findings = verification.findings().first();
        for (Finding finding : findings) {
            lines.add("%-12s %s: %s".formatted(finding.verdict(), finding.check(), finding.detail()));
        }
        if (verification.findings().count() > findings.size()) {
            lines.add("and %,d more".formatted(verification.findings().count() - findings.size()));
        }
        lines.add(switch (verdict()) {
            case GOOD -> "GOOD: every entry is in the tree that was signed" + (since || receipts > 0
                    ? ", and nothing that you kept contradicts"
                    : "");
            case INCOMPLETE -> "INCOMPLETE: nothing contradicts, but something is missing";
            case CONTRADICTED -> "CONTRADICTED: this is not what was signed";
        });
        var text = new StringBuilder();
        lines.forEach(line -> text.append(Printable.of(line)).append(System.lineSeparator()));
        return text.toString();
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
        report.put("entries", verification.entries());
        report.put("entriesPerSecond", entriesPerSecond());
        report.put("receipts", receipts);
        report.put("since", since);
        report.put("findings", verification.findings().first().stream().map(Report::json).toList());
        report.put("findingsInAll", verification.findings().count());
        return Json.of(report) + "\n";
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
