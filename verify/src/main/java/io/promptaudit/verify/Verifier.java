package io.promptaudit.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.pack.PackFiles;
import io.promptaudit.ledger.pack.PackVerification;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.tile.LedgerFolder;
import io.promptaudit.ledger.verification.Findings;
import io.promptaudit.ledger.verification.LeafCheck;
import io.promptaudit.ledger.verification.LedgerVerification;

/** Verifies what the arguments name. */
final class Verifier {
    private static final String RECEIPT = ".tlog-proof";
    /** More than any policy, note or receipt may have. */
    private static final int MAX_FILE_LENGTH = 4_000_000;

    private final Arguments arguments;
    private final ProgressBar progress;

    Verifier(Arguments arguments, ProgressBar progress) {
        this.arguments = arguments;
        this.progress = progress;
    }

    /**
     * Runs every check.
     *
     * @throws RuntimeException if the policy cannot be read or is none, or a file or folder is not there: then nothing was verified
     */
    Report verify() {
        Path evidence = arguments.evidence();
        TrustPolicy policy = policy();
        if (Files.isDirectory(evidence) && !PackFiles.isUnpacked(evidence)) {
            var ledger = new LedgerVerification(new LedgerFolder(evidence), policy);
            return report(ledger.findings(), ledger, null, () -> ledger.verify(new LeafCheck(), progress));
        }
        if (!Files.exists(evidence)) {
            throw new MissingEvidence("there is no pack or folder " + evidence);
        }
        PackFiles files;
        try {
            files = PackFiles.of(evidence);
        } catch (MalformedInput noPack) {
            var findings = new Findings();
            findings.contradict("pack", String.valueOf(noPack.getMessage()));
            return report(findings, null, null, () -> {});
        }
        try (files) {
            var pack = new PackVerification(files, policy);
            return report(pack.findings(), pack.ledger(), pack, () -> pack.verify(progress));
        }
    }

    private Report report(Findings findings, @Nullable LedgerVerification ledger, @Nullable PackVerification pack,
            Runnable body) {
        List<Path> receipts = receipts(arguments.receipts());
        byte[] since = arguments.since() == null ? null : checkpoint(arguments.since());
        long started = System.nanoTime();
        body.run();
        long nanos = System.nanoTime() - started;
        progress.done();
        if (ledger != null && since != null) {
            ledger.verifySince(since);
        }
        if (arguments.receipts() != null && receipts.isEmpty()) {
            findings.lack("receipt", "there is no *%s in %s".formatted(RECEIPT, arguments.receipts()));
        }
        if (ledger != null) {
            receipts.forEach(receipt -> ledger.verifyReceipt(receipt.toString(), () -> file(receipt)));
        }
        return new Report(findings, ledger, pack, receipts.size(), since != null, nanos);
    }

    private TrustPolicy policy() {
        return TrustPolicy.parse(file(arguments.policy()));
    }

    private static List<Path> receipts(@Nullable Path folder) {
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files.filter(file -> file.toString().endsWith(RECEIPT)).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + folder, unreadable);
        }
    }

    private static Path folder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new MissingEvidence("there is no folder " + folder);
        }
        return folder;
    }

    /** What is no checkpoint says nothing against a ledger. */
    private static byte[] checkpoint(Path file) {
        byte[] note = file(file);
        try {
            Checkpoint.parse(SignedNote.parse(note).text());
        } catch (MalformedInput other) {
            throw new MissingEvidence("%s is no checkpoint: %s".formatted(file, other.getMessage()));
        }
        return note;
    }

    private static byte[] file(Path file) {
        byte[] bytes = new LedgerFolder(Path.of("")).read(file.toString(), MAX_FILE_LENGTH);
        if (bytes == null) {
            throw new MissingEvidence("there is no file " + file);
        }
        return bytes;
    }
}
