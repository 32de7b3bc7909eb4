package io.promptaudit.server.evidence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;

import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.tile.LedgerFolder;
import io.promptaudit.ledger.verification.LeafCheck;
import io.promptaudit.ledger.verification.LedgerVerification;
import io.promptaudit.ledger.verification.Verdict;
import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** Packs as auditors get them over HTTP: what is in them, what is not, and how they read. */
class EvidenceIT {
    private static final String PROMPT = "/api/v1/prompts/clinical%2Fintake/evidence";
    private static final String TRAIL = "/api/v1/evidence";

    @TempDir
    static Path folder;
    private static TestServer server;
    private static long last;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        last = EvidenceTrail.in(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static FetchedPack pack(String path) {
        return FetchedPack.of(server, "aude", path);
    }

    @Test
    void areZipsWithATellingName() {
        assertHead(pack(PROMPT), "evidence-clinical-intake-at-" + last + ".zip");
        assertHead(pack(TRAIL), "evidence-trail-at-" + last + ".zip");
        assertHead(pack(TRAIL + "?from=2026-01-31T12:00:00Z"), "evidence-trail-from-2026-01-31T12-00-00Z-at-" + last + ".zip");
    }

    private static void assertHead(FetchedPack pack, String name) {
        var headers = pack.answer().headers();
        assertThat(headers.firstValue("content-type")).contains("application/zip");
        assertThat(headers.firstValue("content-disposition")).hasValueSatisfying(
                disposition -> assertThat(disposition).startsWith("attachment;").contains(name));
        assertThat(headers.firstValue("cache-control")).contains("no-store");
    }

    @Test
    void haveTheMembersOfTheFormatInItsOrder() {
        for (FetchedPack pack : List.of(pack(PROMPT), pack(TRAIL))) {
            List<String> kinds = pack.members().keySet().stream().map(name -> name.replaceAll("/.*", "")).distinct().toList();
            assertThat(kinds).containsExactly("events.ndjson", "receipts", "checkpoint", "tile", "policy", "completeness.json",
                    "events.csv", "report.html", "HOW-TO-VERIFY.md", "MANIFEST.sha256");
            assertThat(pack.text("MANIFEST.sha256").lines().map(line -> line.split(" {2}", 2)[1]))
                    .containsExactlyElementsOf(
                            pack.members().keySet().stream().filter(name -> !name.startsWith("MANIFEST")).toList());
        }
    }

    @Test
    void haveATableWithTheWordsOfWhoActed() {
        String table = pack(TRAIL).text("events.csv");
        assertThat(table).startsWith("position,eventId,recordedAt,actor,").contains(",Too short,")
                .contains(",The doses are right,", ",Asks twice,", "'@Ask for medicines", ",It was right,");
        assertThat(table.lines().filter(line -> line.contains(",Too short,"))).singleElement().asString()
                .contains("PromptRejected");
    }

    @Test
    void sameQuestionOverTheSameCheckpointGivesTheSameBytes() {
        for (String path : List.of(PROMPT, TRAIL, TRAIL + "?to=2999-01-01T00:00:00Z")) {
            assertThat(pack(path).answer().body()).as(path).isEqualTo(pack(path).answer().body());
        }
    }

    @Test
    void holdAWholeCopyOfTheLedger(@TempDir Path unpacked) {
        FetchedPack pack = pack(PROMPT);
        var ledger = new LedgerVerification(new LedgerFolder(pack.unpackTo(unpacked)),
                TrustPolicy.parse(server.fetch("", "/ledger/policy").body()));
        ledger.verify(new LeafCheck(), (_, _) -> {});
        assertThat(ledger.findings().first()).isEmpty();
        assertThat(ledger.findings().verdict()).isEqualTo(Verdict.GOOD);
        assertThat(ledger.entries()).isEqualTo(last);
    }

    @Test
    void ofTheTrailHoldEveryEvent() {
        FetchedPack pack = pack(TRAIL);
        assertThat(positions(pack)).isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
        assertThat(pack.json("completeness.json").toString())
                .isEqualTo("{\"events\":\"%d\",\"scope\":\"trail\",\"size\":\"%d\",\"v\":\"1\"}".formatted(last, last));
        assertThat(receipts(pack)).as("deployments, the rollback, the withdrawal, the review").hasSize(8);
    }

    private static List<Long> positions(FetchedPack pack) {
        return pack.events().stream().map(event -> Long.valueOf(event.path("position").asString())).toList();
    }

    private static List<String> receipts(FetchedPack pack) {
        return pack.members().keySet().stream().filter(name -> name.startsWith("receipts/")).toList();
    }

    @Test
    void ofAPromptHoldItsEventsThePoliciesAndTheAccountsThatActed() {
        FetchedPack pack = pack(PROMPT);
        Map<String, Long> streams = streams(pack.events());
        assertThat(streams.keySet().stream().filter(stream -> stream.contains(":"))).containsExactlyInAnyOrder(
                "prompt:clinical/intake", "environment:production", "environment:staging", "account:admin", "account:dana",
                "account:erin", "account:rita", "account:wanda");
        assertThat(pack.events().stream().filter(event -> event.path("payloadType").asString().endsWith("CommandRefused")))
                .as("refusals of this prompt").hasSize(3);
        assertDense(pack.events());
        long ofPrompt = server.get("aude", "/api/v1/prompts/clinical%2Fintake/events?limit=200").json().path("items").size();
        assertThat(streams.get("prompt:clinical/intake")).isEqualTo(ofPrompt);
        assertThat(receipts(pack)).hasSize((int) ofPrompt);
    }

    private static Map<String, Long> streams(List<JsonNode> events) {
        return events.stream().map(event -> event.path("aggregate").asString())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    /** Whatever is in a pack is there from its beginning, without a hole. */
    private static void assertDense(List<JsonNode> events) {
        var next = new TreeMap<String, Long>();
        for (JsonNode event : events) {
            String stream = event.path("aggregate").asString();
            long sequence = Long.parseLong(event.path("sequence").asString());
            assertThat(sequence).as(stream).isEqualTo(next.getOrDefault(stream, 0L));
            next.put(stream, sequence + 1);
        }
    }

    @Test
    void ofAPeriodHoldItsEventsAndWhatWasBeforeThem() {
        List<JsonNode> all = pack(TRAIL).events();
        // From the first event of the chat prompt until before its second one.
        List<JsonNode> chat = all.stream().filter(event -> event.path("aggregate").asString().equals("prompt:clinical/chat"))
                .toList();
        String from = chat.get(0).path("recordedAt").asString();
        String to = chat.get(1).path("recordedAt").asString();
        FetchedPack pack = pack(TRAIL + "?from=" + from + "&to=" + to);

        assertThat(pack.events()).allSatisfy(event -> assertThat(at(event)).isBefore(Instant.parse(to)));
        assertThat(positions(pack)).as("the first moment is in the period").contains(position(chat.get(0)))
                .as("the last one is not").doesNotContain(position(chat.get(1)));
        assertDense(pack.events());
        assertThat(streams(pack.events()).keySet()).contains("environment:production", "account:aude")
                .doesNotContain("prompt:clinical/intake", "prompt:community/imported");
        assertThat(pack.events().stream().filter(event -> event.path("payloadType").asString().endsWith("CommandRefused")))
                .as("refusals of another time").isEmpty();
        List<Long> ofPeriod = all.stream()
                .filter(event -> !at(event).isBefore(Instant.parse(from)) && at(event).isBefore(Instant.parse(to)))
                .map(EvidenceIT::position).toList();
        assertThat(positions(pack)).containsAll(ofPeriod);
        assertThat(pack.json("completeness.json").path("from").asString()).isEqualTo(Instant.parse(from).toString());
    }

    private static Instant at(JsonNode event) {
        return Instant.parse(event.path("recordedAt").asString());
    }

    private static Long position(JsonNode event) {
        return Long.valueOf(event.path("position").asString());
    }

    @Test
    void refuseWrongQuestions() {
        for (String path : List.of(PROMPT, TRAIL)) {
            assertProblem(path + "?from=yesterday", 400, "malformed-request", "from");
            assertProblem(path + "?to=2026-01-31", 400, "malformed-request", "to");
            assertProblem(path + "?until=2026-01-31T12:00:00Z", 400, "malformed-request", "until");
            assertProblem(path + "?from=2026-02-01T00:00:00Z&to=2026-02-01T00:00:00Z", 422, "invalid-value", "to");
        }
        assertProblem("/api/v1/prompts/clinical%2Fnone/evidence", 404, "prompt-not-found", "");
        assertProblem(PROMPT + "?to=2020-01-01T00:00:00Z", 404, "never-existed-then", "");
    }

    private static void assertProblem(String path, int status, String problem, String field) {
        Answer answer = server.get("aude", path);
        assertThat(answer.status()).as(path).isEqualTo(status);
        assertThat(answer.problem()).as(path).isEqualTo(problem);
        assertThat(answer.at("field")).as(path).isEqualTo(field);
        assertThat(answer.headers()).doesNotContainKey("content-disposition");
    }

    @Test
    void waitForAPosition() {
        assertThat(server.fetch("aude", PROMPT, "Audit-Position", Long.toString(last)).statusCode()).isEqualTo(200);
        assertThat(server.get("aude", PROMPT, "Audit-Position", "999999").problem()).isEqualTo("view-behind");
    }

    @Test
    void nameNobodyWhoWasErased() {
        for (FetchedPack pack : List.of(pack(PROMPT), pack(TRAIL))) {
            assertThat(pack.text("report.html")).contains("Name of rita", "erin").doesNotContain(EvidenceTrail.ERASED);
            assertThat(pack.text("report.html")).contains("(name erased)");
            assertThat(pack.text("events.ndjson") + pack.text("events.csv")).doesNotContain(EvidenceTrail.ERASED);
        }
    }

    @Test
    void tellInTheReportWhatAnAuditorAsks() throws Exception {
        String text = page(pack(PROMPT)).getDocumentElement().getTextContent().replaceAll("\\s+", " ");
        assertThat(text).contains("Nothing contradicts. While the pack was written, ", "proves nothing by itself",
                "What a prompt’s pack cannot show:", "Read and tried", "The doses are right", "review",
                "Emergency: decided without the approvals that the policy asks for", "Reviewed by Name of rita (rita)",
                "good: It was right", "Ticket INC-1", "Policy revision 2 of production", "by rollback", "still active",
                "dana was refused deploy-prompt of version 1", "Version 2, compared with version 1",
                "+ Ask one question at a time",
                "Line \u27E8U+0007\u27E9 three", "user\u27E8U+202E\u27E9nimda",
                "wanda created \"clinical/intake\" with version 1.");
        String trail = page(pack(TRAIL)).getDocumentElement().getTextContent().replaceAll("\\s+", " ");
        assertThat(trail).contains("Imported, not witnessed", "The source claims: by =someone, 2024-01-01T00:00:00Z",
                "clinical/chat",
                "admin erased the personal details of \"erin\".");
        assertThat(page(FetchedPack.of(server, "aude", "/api/v1/prompts/clinical%2Fchat/evidence")).getDocumentElement()
                .getTextContent())
                .contains("Be brief and kind.", "Placeholder history", "user: added");
    }

    @Test
    void haveAReportThatRunsAndFetchesNothing() throws Exception {
        for (String path : List.of(PROMPT, TRAIL)) {
            Document page = page(pack(path));
            var elements = new TreeSet<String>();
            var all = page.getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                var element = (Element) all.item(i);
                elements.add(element.getTagName());
                var attributes = element.getAttributes();
                for (int a = 0; a < attributes.getLength(); a++) {
                    assertThat(attributes.item(a).getNodeName()).isIn("lang", "xmlns", "charset", "http-equiv", "content", "name",
                            "class",
                            "id", "aria-labelledby", "scope", "datetime");
                }
            }
            assertThat(elements).doesNotContain("script", "img", "link", "iframe", "object", "form", "a", "base", "svg");
            String style = page.getElementsByTagName("style").item(0).getTextContent();
            assertThat(style).doesNotContain("url(", "@import", "expression");
            assertThat(page.getElementsByTagName("title").getLength()).isEqualTo(1);
        }
        assertThat(pack(PROMPT).text("report.html")).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    }

    /** Well-formed, or this fails. */
    private static Document page(FetchedPack pack) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(pack.text("report.html").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void haveATableWithoutFormulas() throws IOException {
        String table = pack(TRAIL).text("events.csv");
        assertThat(table)
                .startsWith("position,eventId,recordedAt,actor,onBehalfOf,kind,action,type,prompt,version,environment,outcome,"
                        + "rule,reason,sentence\r\n");
        assertThat(table.split("\r\n", -1)).hasSize((int) last + 2);
        assertThat(EventTable.cell("=1+1")).isEqualTo("'=1+1");
        var dangerous = new ArrayList<String>();
        for (String line : table.split("\r\n", -1)) {
            for (String cell : line.split(",", -1)) {
                if (cell.matches("\"?[=+\\-@].*")) {
                    dangerous.add(cell);
                }
            }
        }
        assertThat(dangerous).isEmpty();
        for (String cell : List.of("=a", "+a", "-a", "@a", "\ta", "\ra")) {
            assertThat(EventTable.cell(cell).replace("\"", "")).startsWith("'");
        }
        assertThat(EventTable.cell("say \"a\", b")).isEqualTo("\"say \"\"a\"\", b\"");
    }
}
