package io.promptaudit.ledger.pack;

import java.io.InputStream;
import java.security.DigestInputStream;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.encoding.Sha256;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.release.ReleaseCheck;
import io.promptaudit.ledger.verification.Findings;
import io.promptaudit.ledger.verification.LedgerVerification;
import io.promptaudit.ledger.verification.Progress;

/**
 * Verifies one pack: every member against the manifest, the copy of the ledger under the auditor's policy, each event against its
 * entry, what the pack says of its completeness, its receipts, and every release once more. The table of events and the report are
 * compared with the manifest only. For one thread at a time.
 */
public final class PackVerification {
    private final CheckedMembers members;
    private final LedgerVerification ledger;
    private final Findings findings = new Findings();
    private final ReleaseCheck releases = new ReleaseCheck(findings);
    private @Nullable Completeness claim;
    private long events;
    private @Nullable PackReceipts receipts;

    /**
     * Of these members.
     *
     * @param policy whom to believe; the one in the pack is not asked
     */
    public PackVerification(PackFiles files, TrustPolicy policy) {
        members = new CheckedMembers(files, findings);
        ledger = new LedgerVerification(members, policy, findings);
    }

    /** Verifies everything. */
    public void verify(Progress progress) {
        members.list();
        findings.run("completeness", () -> {
            byte[] bytes = members.read(Completeness.MEMBER, Completeness.MAX_LENGTH);
            if (bytes == null) {
                throw new MissingEvidence("there is no %s, so nothing says what should be there".formatted(Completeness.MEMBER));
            }
            claim = Completeness.parse(bytes);
            if (claim.prompt() == null) {
                releases.expectEveryAccount();
            }
        });
        boolean there = members.has(EventLine.MEMBER);
        if (!there) {
            findings.lack("event", "there is no " + EventLine.MEMBER);
        }
        DigestInputStream stream = there
                ? members.open(EventLine.MEMBER)
                : new DigestInputStream(InputStream.nullInputStream(), Sha256.digest());
        receipts = new PackReceipts(members, claim, ledger, findings);
        var openings = new EpochOpenings(ledger, claim, findings);
        var check = new EventCheck(new EventLines(stream), claim, findings, releases, receipts, openings);
        ledger.verify(check, (done, size) -> {
            progress.events(check.events());
            progress.at(done, size);
        });
        Checkpoint checkpoint = ledger.claim();
        check.finish(checkpoint == null ? -1 : checkpoint.size());
        openings.finish();
        receipts.finish();
        events = check.events();
        if (there) {
            members.close(EventLine.MEMBER, stream);
        }
        members.rest();
    }

    /** Of the copy of the ledger, to hold older evidence against; what was found is in {@link #findings()} too. */
    public LedgerVerification ledger() {
        return ledger;
    }

    /** Everything that was found so far. */
    public Findings findings() {
        return findings;
    }

    /** What the pack says it holds, if it says so. */
    public @Nullable Completeness claim() {
        return claim;
    }

    /** How many members there are, beside the manifest. */
    public int members() {
        return members.count();
    }

    /** How many events were looked at. */
    public long events() {
        return events;
    }

    /** How many receipts were verified. */
    public long receipts() {
        return receipts == null ? 0 : receipts.count();
    }

    /** What was decided again. */
    public ReleaseCheck releases() {
        return releases;
    }
}
