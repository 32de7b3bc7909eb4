package io.promptaudit.server.trail;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.promptaudit.server.trail.TestServer.Answer;

import static io.promptaudit.server.trail.ReadTrail.JSON;
import static io.promptaudit.server.trail.ReadTrail.LISTS;
import static io.promptaudit.server.trail.ReadTrail.done;
import static io.promptaudit.server.trail.ReadTrail.read;
import static io.promptaudit.server.trail.ReadTrail.server;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Lists over HTTP: page by page while others write, filtered, and with every name there may be. */
@ExtendWith(ReadTrail.class)
class ReadListsIT {

    @Test
    void pagesNeitherRepeatNorMissWhileOthersWrite() {
        settle();
        for (String list : LISTS) {
            List<JsonNode> before = items(read(list + "?limit=200"));
            var paged = new ArrayList<JsonNode>();
            JsonNode page = read(list + "?limit=1");
            for (int n = 0; page.has("cursor"); n++) {
                paged.addAll(items(page));
                if (n < 2) {
                    write(list, n);
                }
                page = read(list + "?limit=1&cursor=" + page.path("cursor").asString());
            }
            paged.addAll(items(page));
            assertThat(ids(list, paged)).as(list).startsWith(ids(list, before).toArray(String[]::new)).doesNotHaveDuplicates();
            // Only the stored events are told oldest first: there, what others wrote meanwhile follows.
            assertThat(paged.size() > before.size()).as(list).isEqualTo(list.endsWith("/events"));
            settle();
        }
    }

    @Test
    void theFeedIsReadOnByPosition() {
        var whole = new ArrayList<JsonNode>();
        long after = -1;
        for (long next = 0; next != after;) {
            after = next;
            JsonNode page = server.get("admin", "/api/v1/events?limit=7&after=" + after, "Accept", JSON).json();
            whole.addAll(items(page));
            next = page.path("next").asLong();
        }
        assertThat(whole).extracting(event -> event.path("position").asLong())
                .isEqualTo(LongStream.rangeClosed(1, server.head()).boxed().toList());
        List<JsonNode> streamed = server.stream("admin", "/api/v1/events?after=5",
                event -> event.path("position").asLong() == whole.size());
        assertThat(streamed).isEqualTo(whole.subList(5, whole.size()));
    }

    @Test
    void theCatalogueIsFiltered() {
        done("wanda", "/api/v1/prompts",
                """
                        {"name":"filter/a_b%","type":"text","content":"Ärzte fragen","note":"Notiz","title":"Titel","tags":["alpha","x!y"]}""");
        done("wanda", "/api/v1/prompts", """
                {"name":"filter/deep/axb","type":"text","content":"plain","note":"n","tags":["alphabet"]}""");
        done("wanda", "/api/v1/prompts/filter%2Fdeep%2Faxb/versions/1/approval-requests", "{}");
        done("wanda", "/api/v1/prompts/filter%2Fdeep%2Faxb/versions/1/checks", "{\"name\":\"eval\",\"outcome\":\"passed\"}");
        done("rita", "/api/v1/prompts/filter%2Fdeep%2Faxb/versions/1/approvals", "{}");
        done("wanda", "/api/v1/prompts/filter%2Fdeep%2Faxb/deployments",
                "{\"version\":1,\"environment\":\"lab\",\"reason\":\"r\"}");
        settle();
        String first = "filter/a_b%";
        String second = "filter/deep/axb";
        Map.ofEntries(Map.entry("q=ärzte", List.of(first)), Map.entry("q=NOTIZ", List.of(first)),
                Map.entry("q=titel", List.of(first)), Map.entry("q=x!y", List.of(first)), Map.entry("q=a_b", List.of(first)),
                Map.entry("q=b%", List.of(first)), Map.entry("q=no such words", List.of()),
                Map.entry("tag=alpha", List.of(first)),
                Map.entry("tag=Alpha", List.of()), Map.entry("folder=filter", List.of(second, first)),
                Map.entry("folder=filter/deep", List.of(second)), Map.entry("folder=filt", List.of()),
                Map.entry("folder=filter/a_b%", List.of()), Map.entry("folder=filter&state=DRAFT", List.of(first)),
                Map.entry("folder=filter&state=APPROVED", List.of(second)),
                Map.entry("folder=filter&environment=lab", List.of(second)), Map.entry("environment=nowhere", List.of()),
                Map.entry("folder=filter&q=axb&tag=alphabet&state=APPROVED&environment=lab", List.of(second)))
                .forEach((filter, found) -> assertThat(names(read("/api/v1/prompts?" + encoded(filter)))).as(filter)
                        .isEqualTo(found));
    }

    @Test
    void theTrailIsFiltered() {
        Answer one = done("wanda", "/api/v1/prompts",
                "{\"name\":\"audit/a\",\"type\":\"text\",\"content\":\"SAID\",\"note\":\"n\"}");
        Answer two = done("wanda", "/api/v1/prompts/audit%2Fa/deployments", """
                {"version":1,"environment":"staging","reason":"Curious reason"}""");
        Answer three = server.post("rita", "/api/v1/prompts/audit%2Fa/versions/1/checks",
                "{\"name\":\"e\",\"outcome\":\"passed\"}");
        settle();
        String on = "prompt=audit/a&";
        Map.of(on, List.of(three, two, one), on + "actor=wanda", List.of(two, one), on + "action=deploy-prompt", List.of(two),
                on + "environment=staging", List.of(two), on + "outcome=refused", List.of(three), on + "outcome=done",
                List.of(two, one), "q=curious REASON", List.of(two), on + "from=" + two.at("recordedAt"), List.of(three, two),
                on + "to=" + two.at("recordedAt"), List.of(one), "q=SAID", List.<Answer>of())
                .forEach((filter, found) -> assertThat(texts(read("/api/v1/audit?" + encoded(filter)), "eventId")).as(filter)
                        .isEqualTo(found.stream().map(answer -> answer.at("eventId")).toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"names/a?b#c&d%e+f=g", "names/a%2Fb", "names/%252F", "नाम/रोगी प्रवेश", "ชื่อ/ผู้ป่วย", "🩺/📋",
            "names/it's \"quoted\"", "names/{x}[y]:z@~", "names/v1.2...", "names/é", "names/_%!", "names/a;b,c"})
    void everyNameIsFoundAgain(String name) {
        String path = "/api/v1/prompts/" + TestServer.segment(name);
        Answer made = done("wanda", "/api/v1/prompts", "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"x\",\"note\":\"n\"}"
                .formatted(name.replace("\"", "\\\"")));
        assertThat(made.at("prompt")).isEqualTo(name);
        done("wanda", path + "/versions", "{\"basedOn\":1,\"content\":\"y\",\"note\":\"n\"}");
        server.after(done("wanda", path + "/versions/1/comments", "{\"text\":\"t\"}"), "admin", "/api/v1/projections");
        assertThat(read(path).path("name").asString()).isEqualTo(name);
        for (String of : List.of("/versions/2", "/replay", "/diff?from=1&to=2")) {
            assertThat(read(path + of).path("prompt").asString()).as(of).isEqualTo(name);
        }
        assertThat(texts(read(path + "/versions"), "prompt")).containsExactly(name, name);
        assertThat(texts(read(path + "/versions/1/comments"), "prompt")).containsExactly(name);
        assertThat(texts(read(path + "/history"), "prompt")).containsOnly(name).hasSize(3);
        assertThat(read(path + "/events").path("items")).hasSize(3);
        assertThat(texts(read("/api/v1/audit?prompt=" + TestServer.segment(name)), "prompt")).containsOnly(name).hasSize(3);
        assertThat(names(read("/api/v1/prompts?q=" + TestServer.segment(name)))).contains(name);
        String folder = name.substring(0, name.indexOf('/'));
        assertThat(names(read("/api/v1/prompts?limit=200&folder=" + TestServer.segment(folder)))).contains(name);
        assertThat(server.get("admin", "/api/v1/events?limit=1&after=" + (made.position() - 1), "Accept", JSON).json()
                .path("items").get(0).path("subject").asString()).isEqualTo(name);
    }

    /** Adds to the list while it is being read. */
    private static void write(String list, int n) {
        String name = "paged/" + Integer.toHexString(list.hashCode()) + "/" + n;
        done("wanda", "/api/v1/prompts", "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"x\",\"note\":\"n\"}".formatted(name));
        done("wanda", ReadTrail.P + "/versions/2/comments", "{\"text\":\"meanwhile\"}");
        done("wanda", "/api/v1/prompts/" + TestServer.segment(name) + "/deployments",
                "{\"version\":1,\"environment\":\"staging\",\"reason\":\"r\"}");
        settle();
    }

    private static void settle() {
        assertThat(server.get("admin", "/api/v1/projections", "Audit-Position", Long.toString(server.head())).status())
                .isEqualTo(200);
    }

    /** What an item is known by. */
    private static List<String> ids(String list, List<JsonNode> items) {
        return items.stream().map(item -> switch (list.substring(list.lastIndexOf('/') + 1)) {
            case "versions" -> item.path("version").asString();
            case "comments" -> item.path("comment").asString();
            case "deployments", "emergencies" -> item.path("deployment").asString();
            case "active" -> item.path("prompt").asString();
            case "approvals" -> item.path("prompt").asString() + item.path("version").asString();
            case "accounts" -> item.path("id").asString();
            case "prompts" -> item.path("name").asString();
            case "environments" -> item.path("environment").asString();
            default -> item.path("eventId").asString();
        }).toList();
    }

    private static List<JsonNode> items(JsonNode page) {
        var items = new ArrayList<JsonNode>();
        page.path("items").forEach(items::add);
        return items;
    }

    private static List<String> names(JsonNode page) {
        return texts(page, "name");
    }

    private static List<String> texts(JsonNode page, String field) {
        return items(page).stream().map(item -> item.path(field).asString()).toList();
    }

    /** A filter as written above, with its values percent-encoded. */
    private static String encoded(String filter) {
        var parts = new ArrayList<String>();
        for (String part : filter.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            parts.add(part.substring(0, equals + 1) + URLEncoder.encode(part.substring(equals + 1), UTF_8));
        }
        return String.join("&", parts);
    }
}
