package io.promptaudit.server.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.promptaudit.api.event.EmergencyReviewed;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.api.query.EvidenceScope;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.pack.Completeness;
import io.promptaudit.ledger.pack.EventLine;
import io.promptaudit.ledger.pack.PackWriter;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.proof.Receipt;
import io.promptaudit.ledger.tree.Prover;
import io.promptaudit.ledger.verification.Findings;
import io.promptaudit.ledger.verification.LeafCheck;
import io.promptaudit.ledger.verification.LedgerVerification;
import io.promptaudit.server.ledger.PublishedPolicy;
import io.promptaudit.server.ledger.StoredTiles;

/** Writes evidence packs, member by member, and verifies what it packs on the way. */
@Component
class EvidencePack {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    /** What a pack of the whole trail has receipts of: what was active where. */
    private static final Set<String> RELEASES = Set.of(PromptDeployed.class.getName(), PromptRolledBack.class.getName(),
            PromptWithdrawn.class.getName(), EmergencyReviewed.class.getName());

    private final StoredOrder order;
    private final StoredTiles tiles;
    private final PublishedPolicy policy;
    private final EventTable table;
    private final Report report;

    EvidencePack(StoredOrder order, StoredTiles tiles, PublishedPolicy policy, EventTable table, Report report) {
        this.order = order;
        this.tiles = tiles;
        this.policy = policy;
        this.table = table;
        this.report = report;
    }

    /**
     * Writes the zip.
     *
     * @throws IOException when it cannot be written; then its end is missing, and nobody takes it for a whole one
     */
    void write(EvidenceScope scope, OutputStream out) throws IOException {
        // Before the first byte: without its keys the ledger has no policy, and half a pack says nothing of the reason.
        byte[] trusted = Utf8.encode(policy.text());
        var contents = Contents.of(scope);
        var findings = new Findings();
        var comparison = new EntryComparison(tiles, contents.size(), findings);
        var pack = new PackWriter(out);
        pack.member(EventLine.MEMBER, to -> events(contents, comparison, to));
        receipts(contents, findings, pack);
        long entries = ledger(contents, trusted, findings, pack);
        var verified = new OwnWord(comparison.events(), entries, comparison.lastRecorded(), findings);
        pack.member("policy", to -> to.write(trusted));
        pack.member(Completeness.MEMBER, to -> to.write(
                new Completeness(scope.prompt(), scope.from(), scope.to(), contents.size(), comparison.events()).encode()));
        pack.member("events.csv", to -> table.write(contents, to));
        pack.member("report.html", to -> report.write(contents, verified, to));
        pack.member("HOW-TO-VERIFY.md", to -> to.write(HowToVerify.of(contents)));
        pack.finish();
    }

    /** Returns how many entries were verified. */
    private long ledger(Contents contents, byte[] trusted, Findings findings, PackWriter pack) throws IOException {
        var copied = new CopiedLedger(contents.note().encode(), tiles, pack);
        var verification = new LedgerVerification(copied, TrustPolicy.parse(trusted), findings);
        try {
            verification.verify(new LeafCheck(), (_, _) -> {});
        } catch (CopiedLedger.Broken broken) {
            throw new IOException("the ledger cannot be copied", broken);
        }
        return verification.entries();
    }

    private void events(Contents contents, EntryComparison comparison, OutputStream out) throws IOException {
        order.events(contents.size(), place -> {
            comparison.follow(place);
            return contents.selection().holds(place);
        }, placed -> {
            var line = new EventLine(placed.place().position(), placed.event());
            comparison.compare(line);
            out.write(line.encode());
        });
        comparison.end();
    }

    private void receipts(Contents contents, Findings findings, PackWriter pack) throws IOException {
        Prover prover = tiles.prover(contents.size());
        order.places(contents.size(), place -> {
            if (hasReceipt(contents, place)) {
                var receipt = new AtomicReference<byte @Nullable []>();
                findings.run("receipt", () -> receipt.set(receipt(contents, prover, place)));
                byte[] made = receipt.get();
                if (made != null) {
                    pack.member("receipts/" + place.eventId() + ".tlog-proof", to -> to.write(made));
                }
            }
        });
    }

    private static boolean hasReceipt(Contents contents, Place place) {
        String prompt = contents.scope().prompt();
        return prompt == null
                ? RELEASES.contains(place.type()) && contents.selection().isOfPeriod(place)
                : place.stream().equals(Place.ofPrompt(prompt)) && contents.selection().holds(place);
    }

    private static byte[] receipt(Contents contents, Prover prover, Place place) {
        if (!ID.matcher(place.eventId()).matches()) {
            throw new VerificationFailed("the event at position %d has no id that names a file".formatted(place.position()));
        }
        var proof = prover.inclusion(place.position() - 1, contents.size());
        return new Receipt(null, proof.index(), proof.path(), contents.note()).encode();
    }
}
