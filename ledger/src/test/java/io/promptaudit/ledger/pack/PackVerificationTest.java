package io.promptaudit.ledger.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.TestLog;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.ledger.release.Story;
import io.promptaudit.ledger.verification.Finding;
import io.promptaudit.ledger.verification.Findings;
import io.promptaudit.ledger.verification.Verdict;

import static io.promptaudit.ledger.verification.Verdict.CONTRADICTED;
import static io.promptaudit.ledger.verification.Verdict.INCOMPLETE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** A pack of a small company's trail, and what is done to it. */
class PackVerificationTest {
    @TempDir
    Path root;
    private final Story story = Story.begun();
    private final String deployment = tell();

    private String tell() {
        story.write("ada", 1);
        String approval = story.approve("ben", 1);
        return story.deploy("dan", 1, approval + " ben");
    }

    private static Completeness trail(long events) {
        return new Completeness(null, null, null, events, events);
    }

    private TestPack whole() {
        return new TestPack(story.lines(), story.lines(), trail(story.lines().size()));
    }

    /** Without the events at these positions, as if they had never been there; their entries stay. */
    private TestPack without(Completeness claim, Integer... positions) {
        List<EventLine> held = new ArrayList<>(story.lines());
        held.removeIf(line -> List.of(positions).contains((int) line.position()));
        return new TestPack(story.lines(), held, claim);
    }

    private static void assertFound(TestPack pack, Verdict verdict, String... details) {
        assertFound(TestPack.verified(pack.listed()).findings(), verdict, details);
    }

    private static void assertFound(Findings findings, Verdict verdict, String... details) {
        assertThat(findings.verdict()).isEqualTo(verdict);
        assertThat(findings.first()).extracting(finding -> finding.check() + ": " + finding.detail()).contains(details);
    }

    @Test
    void everythingIsLookedAt() {
        PackVerification verification = TestPack.verified(whole().listed());
        assertThat(verification.findings().first()).isEmpty();
        assertThat(verification.events()).isEqualTo(10);
        assertThat(verification.ledger().entries()).isEqualTo(10);
        assertThat(verification.receipts()).isEqualTo(3);
        assertThat(verification.members()).isEqualTo(12);
        assertThat(verification.releases().decided()).isEqualTo(10);
        assertThat(verification.releases().releases()).isEqualTo(1);
    }

    @Test
    void aZipAndAFolderAreThePackAlike() throws IOException {
        Path zip = Files.write(root.resolve("pack.zip"), whole().zip());
        Path folder = root.resolve("folder");
        for (Map.Entry<String, byte[]> member : whole().listed().entrySet()) {
            Path file = folder.resolve(member.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, member.getValue());
        }
        assertThat(PackFiles.isUnpacked(folder)).isTrue();
        for (Path pack : List.of(zip, folder)) {
            try (PackFiles files = PackFiles.of(pack)) {
                assertThat(TestPack.verified(files).findings().first()).isEmpty();
            }
        }
        Files.writeString(folder.resolve("tile/note"), "mine");
        try (PackFiles files = PackFiles.of(folder)) {
            assertFound(TestPack.verified(files).findings(), CONTRADICTED,
                    "manifest: there is a member tile/note that should not be there");
        }
    }

    /** Whatever byte of whatever member, whoever did not list it again. */
    @Test
    void everyByteMatters() {
        var small = new Story();
        small.policy("production", Story.ONE);
        Map<String, byte[]> good = new TestPack(small.lines(), small.lines(), trail(1)).listed();
        good.forEach((path, bytes) -> {
            for (int at = 0; at < bytes.length; at++) {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) (1 << at % Byte.SIZE);
                assertThat(verdict(good, path, changed)).as("%s, byte %d", path, at).isEqualTo(CONTRADICTED);
            }
            assertThat(verdict(good, path, Arrays.copyOf(bytes, bytes.length - 1))).as(path).isEqualTo(CONTRADICTED);
            assertThat(verdict(good, path, Arrays.copyOf(bytes, bytes.length + 1))).as(path).isEqualTo(CONTRADICTED);
        });
    }

    private static Verdict verdict(Map<String, byte[]> good, String path, byte[] changed) {
        var members = new LinkedHashMap<>(good);
        members.put(path, changed);
        return TestPack.verified(members).findings().verdict();
    }

    @Test
    void everyMemberMatters() {
        Map<String, byte[]> good = whole().listed();
        good.keySet().forEach(path -> {
            var members = new LinkedHashMap<>(good);
            members.remove(path);
            assertThat(TestPack.verified(members).findings().verdict()).as(path)
                    .isEqualTo(path.equals("MANIFEST.sha256") ? INCOMPLETE : CONTRADICTED);
        });
        var surplus = whole();
        surplus.members.put("tile/entries/000.p/1", new byte[0]);
        surplus.members.put("virus.exe", new byte[0]);
        assertFound(surplus, CONTRADICTED, "manifest: there is a member virus.exe that should not be there");
    }

    @Test
    void anEventIsTheOneThatItsEntryCommitsTo() {
        EventLine last = story.lines().getLast();
        StoredEvent event = last.event();
        for (Map.Entry<String, StoredEvent> change : Map.of("eventHash",
                new StoredEvent(event.eventId(), event.aggregateId(), event.sequence(), event.aggregateType(),
                        event.payloadType(),
                        event.payloadRevision(), event.timestamp(), event.payload(),
                        Bytes.of(Utf8.encode("{\"account\":\"eve\"}"))),
                "recordedAt",
                new StoredEvent(event.eventId(), event.aggregateId(), event.sequence(), event.aggregateType(),
                        event.payloadType(),
                        event.payloadRevision(), "2020-01-01T00:00:00Z", event.payload(), event.metadata()))
                .entrySet()) {
            List<EventLine> held = new ArrayList<>(story.lines());
            held.set(9, new EventLine(10, change.getValue()));
            assertFound(new TestPack(story.lines(), held, trail(10)), CONTRADICTED,
                    "entry: entry 9: its %s is not that of event event-10, position 10, in events.ndjson"
                            .formatted(change.getKey()));
        }
    }

    @Test
    void noEventIsMissingWithinAHistory() {
        assertFound(without(new Completeness(Story.PROMPT, null, null, 10, 9), 9), CONTRADICTED,
                "completeness: prompt:clinical/intake has its event 2 where its event 1 must be: what was between is not there",
                "rule: prompt:clinical/intake cannot be decided again from there on");
    }

    @Test
    void aPackOfTheTrailHasEveryEventOfItsPeriod() {
        assertFound(without(new Completeness(null, null, null, 10, 9), 10), CONTRADICTED,
                "completeness: event event-10, position 10, is of the period and not in the pack");
        Instant end = story.lines().getLast().recordedAt();
        assertThat(TestPack.verified(without(new Completeness(null, null, end, 10, 9), 10).listed()).findings().first())
                .isEmpty();
        assertFound(new TestPack(story.lines(), story.lines(), new Completeness(null, null, end, 10, 10)), CONTRADICTED,
                "completeness: event event-10, position 10, is not of the period");
    }

    /** It cannot be known from entries that name no prompt; the page on packs says so, and the report. */
    @Test
    void aPackOfAPromptDoesNotShowItsEnd() {
        assertThat(TestPack.verified(without(new Completeness(Story.PROMPT, null, null, 10, 9), 10).listed()).findings().first())
                .isEmpty();
        assertFound(without(new Completeness(Story.PROMPT, null, null, 10, 7), 8, 9, 10), INCOMPLETE,
                "completeness: there is no event of prompt:clinical/intake");
    }

    @Test
    void whatIsClaimedIsCounted() {
        assertFound(new TestPack(story.lines(), story.lines(), new Completeness(null, null, null, 11, 9)), CONTRADICTED,
                "completeness: there are 10 events instead of 9",
                "completeness: it is over 11 entries, and the checkpoint over 10");
        var without = whole();
        without.members.remove("completeness.json");
        assertFound(without, INCOMPLETE,
                "completeness: there is no completeness.json, so nothing says what should be there");
    }

    @Test
    void eventsStandInOrder() {
        var pack = whole();
        byte[] events = requireNonNull(pack.members.get("events.ndjson"));
        pack.members.put("events.ndjson", Utf8.encode(Utf8.decode(events, "events").lines().toList().reversed().stream()
                .reduce("", (all, line) -> all + line + "\n")));
        assertThat(TestPack.verified(pack.listed()).findings().first())
                .contains(new Finding(CONTRADICTED, "event",
                        "events.ndjson: event event-9, position 9, is not behind position 10"));
        pack.members.put("events.ndjson", Utf8.encode("{}\n" + Utf8.decode(events, "events").strip()));
        assertFound(pack, CONTRADICTED, "event: events.ndjson, line 1: event: has too many or too few members",
                "event: events.ndjson, line 11: event: does not end with a line feed");
    }

    @Test
    void anEventBehindTheLedgerIsNotInIt() {
        assertFound(new TestPack(story.lines().subList(0, 9), story.lines().subList(0, 9), trail(9)), Verdict.GOOD);
        var pack = new TestPack(story.lines().subList(0, 9), story.lines().subList(0, 9), trail(9));
        pack.members.put("events.ndjson", whole().members.get("events.ndjson"));
        assertFound(pack, CONTRADICTED, "event: event event-10 says that its position is 10, and the ledger has 9 entries");
    }

    @Test
    void receiptsProveTheirEvents() {
        var pack = whole();
        pack.members.put("receipts/event-8.tlog-proof", pack.members.get("receipts/event-9.tlog-proof"));
        assertFound(pack, CONTRADICTED, "receipt: receipts/event-8.tlog-proof: is of another entry than its event's");
        pack.members.put("receipts/event-8.tlog-proof", Utf8.encode("none"));
        assertFound(pack, CONTRADICTED,
                "receipt: receipts/event-8.tlog-proof: receipt: has no empty line between proof and checkpoint");
        var surplus = whole();
        surplus.members.put("receipts/other.tlog-proof", pack.members.get("receipts/event-9.tlog-proof"));
        assertFound(surplus, CONTRADICTED, "receipt: receipts/other.tlog-proof is of no event in the pack");
        var missing = whole();
        missing.members.remove("receipts/%s.tlog-proof".formatted(deployment));
        assertFound(missing, INCOMPLETE, "receipt: there is no receipts/event-10.tlog-proof, of the event at position 10");
    }

    /** The store and the ledger agree, and yet nobody may have deployed this. */
    @Test
    void whatNoRuleLetsThroughContradicts() {
        story.write("ada", 2);
        story.deploy("dan", 2, 1, Story.replaced(1, deployment));
        assertFound(whole(), CONTRADICTED,
                "rule: event event-12, position 12 (PromptDeployed of clinical/intake version 2 in production): "
                        + "required-approvals: policy revision 1 requires 1 approval(s), and 0 count");
    }

    private Findings inTheSecondEpoch(Completeness claim) {
        var pack = new TestPack(story.lines(), story.lines(), claim, true, TestPack.SECOND);
        return TestPack.verified(new TestPack.InMemory(pack.listed()), TestPack.SECOND).findings();
    }

    private void open(String aggregate, long kept) {
        story.add(aggregate, "EpochOpened", "admin",
                "\"epoch\":2,\"origin\":\"log.example/trail/epoch-2\",\"kept\":%d,\"reason\":\"r\"".formatted(kept));
    }

    @Test
    void anEpochThatNobodyOpenedContradicts() {
        String unopened = "epoch: the ledger is log.example/trail/epoch-2, and no event tells who opened that epoch";
        assertFound(inTheSecondEpoch(trail(10)), CONTRADICTED, unopened);
        assertFound(inTheSecondEpoch(new Completeness(Story.PROMPT, null, null, 10, 10)), INCOMPLETE, unopened);
        var ended = new Completeness(Story.PROMPT, null, story.now().plusSeconds(1), 10, 10);
        assertThat(inTheSecondEpoch(ended).first()).as("it may have been opened later").isEmpty();
    }

    @Test
    void anEpochIsOpenedByItsEvent() {
        open("server:ledger", 10);
        assertThat(inTheSecondEpoch(trail(11)).first()).isEmpty();
    }

    @Test
    void anEpochKeepsNoMoreThanWasThere() {
        open("server:ledger", 11);
        assertFound(inTheSecondEpoch(trail(11)), CONTRADICTED,
                "epoch: event event-11, position 11, says that 11 entries were there before it");
    }

    @Test
    void anEpochIsOpenedAmongTheDecisionsOnTheLedgerOnly() {
        open("server:elsewhere", 10);
        assertFound(inTheSecondEpoch(trail(11)), CONTRADICTED,
                "rule: event event-11, position 11: own-stream: a io.promptaudit.api.event.EpochOpened stands among the events of "
                        + "server:elsewhere");
    }

    @Test
    void anotherLogIsNotBelieved() {
        var other = new TestLog();
        var verification = new PackVerification(new TestPack.InMemory(whole().listed()), other.policy());
        verification.verify((_, _) -> {});
        assertThat(verification.findings().verdict()).isEqualTo(CONTRADICTED);
    }

    @Test
    void everyByteOfTheZipIsInAMemberOrChangesNone() throws IOException {
        var small = new Story();
        small.policy("production", Story.ONE);
        var pack = new TestPack(small.lines(), small.lines(), trail(1));
        Map<String, byte[]> good = pack.listed();
        byte[] zip = pack.zip();
        Path file = root.resolve("pack.zip");
        for (int at = 0; at < zip.length; at++) {
            byte[] changed = zip.clone();
            changed[at] ^= (byte) (1 << at % Byte.SIZE);
            Files.write(file, changed);
            try (PackFiles files = PackFiles.of(file)) {
                if (!isSame(files, good)) {
                    assertThat(TestPack.verified(files).findings().verdict()).as("byte %d", at).isEqualTo(CONTRADICTED);
                }
            } catch (MalformedInput refused) {
                assertThat(refused).hasMessageFindingMatch("^(file|path of a member): ");
            }
        }
        for (int length = 0; length < zip.length; length++) {
            Files.write(file, Arrays.copyOf(zip, length));
            try (PackFiles files = PackFiles.of(file)) {
                throw new AssertionError("cut at %d, %s".formatted(length, files));
            } catch (MalformedInput torn) {
                assertThat(torn).hasMessage("file: is torn, or no zip");
            }
        }
    }

    private static boolean isSame(PackFiles files, Map<String, byte[]> good) {
        if (!files.paths().equals(good.keySet())) {
            return false;
        }
        try {
            return good.entrySet().stream()
                    .allMatch(member -> Arrays.equals(files.read(member.getKey(), 1 << 20), member.getValue()));
        } catch (MalformedInput broken) {
            return false;
        }
    }
}
