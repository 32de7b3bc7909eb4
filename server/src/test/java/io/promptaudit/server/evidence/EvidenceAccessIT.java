package io.promptaudit.server.evidence;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** Who gets a pack, and that whose content is in it is on record before it leaves. */
class EvidenceAccessIT {
    private static final String PROMPT = "/api/v1/prompts/clinical%2Fsecret/evidence";
    private static final String TRAIL = "/api/v1/evidence";

    @TempDir
    static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder, "--promptaudit.audit-reads=clinical/**");
        server.account("editor", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
        server.account("reviewer", "[{\"role\":\"reviewer\",\"prompts\":\"clinical/**\"}]");
        server.account("deployer", "[{\"role\":\"deployer\",\"prompts\":\"**\",\"environments\":[\"staging\"]}]");
        server.account("viewer", "[{\"role\":\"viewer\",\"prompts\":\"clinical/**\"}]");
        server.account("elsewhere", "[{\"role\":\"editor\",\"prompts\":\"billing/**\"}]");
        server.account("nobody", "[]");
        server.account("auditor", "[{\"role\":\"auditor\"}]");
        for (String prompt : List.of("clinical/secret", "clinical/more", "plain/text")) {
            made("/api/v1/prompts", "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"one\",\"note\":\"n\"}".formatted(prompt));
        }
        made("/api/v1/prompts/clinical%2Fsecret/versions", "{\"basedOn\":1,\"content\":\"two\",\"note\":\"n\"}");
    }

    private static void made(String path, String body) {
        Answer answer = server.post("editor", path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"admin,200,200", "auditor,200,200", "editor,403,403", "reviewer,403,403", "deployer,403,403", "viewer,403,403",
            "elsewhere,404,403", "nobody,404,403", "'',401,401"})
    void isForAuditorsAndAdmins(String account, int prompt, int trail) {
        assertThat(server.fetch(account, PROMPT).statusCode()).isEqualTo(prompt);
        assertThat(server.fetch(account, TRAIL).statusCode()).isEqualTo(trail);
        assertThat(server.fetch(account, TRAIL + "?from=2020-01-01T00:00:00Z").statusCode()).isEqualTo(trail);
    }

    @Test
    void isRefusedOnRecord() {
        Answer refused = server.get("viewer", PROMPT);
        assertThat(refused.problem()).isEqualTo("missing-grant");
        JsonNode entry = server.after(refused, "admin", "/api/v1/audit?action=export-prompt").json().path("items").get(0);
        assertThat(entry.path("position").asLong()).isEqualTo(refused.position());
        assertThat(entry.path("actor").asString()).isEqualTo("viewer");
        assertThat(entry.path("sentence").asString()).contains("clinical/secret");
        assertThat(server.after(server.get("editor", TRAIL), "admin", "/api/v1/audit?action=export-trail").json().path("items")
                .get(0)
                .path("actor").asString()).isEqualTo("editor");
    }

    @Test
    void isOnRecordLikeEveryReadOfContent() {
        long before = server.head();
        FetchedPack pack = FetchedPack.of(server, "auditor", PROMPT);
        assertThat(server.head()).isEqualTo(before + 1);
        assertThat(pack.events()).as("the pack is cut before it is read").noneMatch(
                event -> Long.parseLong(event.path("position").asString()) > before);
        JsonNode read = reads().get(0);
        assertThat(read.path("actor").asString()).isEqualTo("auditor");
        assertThat(read.path("sentence").asString())
                .isEqualTo("auditor read versions 1 and 2 of \"clinical/secret\", by export-prompt.");

        FetchedPack.of(server, "auditor", TRAIL);
        assertThat(server.head()).as("two prompts of those that are watched").isEqualTo(before + 3);
        assertThat(reads().get(0).path("sentence").asString()).contains("clinical/", "by export-trail");

        FetchedPack.of(server, "auditor", "/api/v1/prompts/plain%2Ftext/evidence");
        assertThat(server.get("auditor", PROMPT + "?to=2020-01-01T00:00:00Z").status()).isEqualTo(404);
        FetchedPack.of(server, "auditor", TRAIL + "?to=2020-01-01T00:00:00Z");
        assertThat(server.head()).as("nothing of what is watched").isEqualTo(before + 3);
    }

    private static JsonNode reads() {
        return server.get("admin", "/api/v1/audit?action=read-content", "Audit-Position", Long.toString(server.head())).json()
                .path("items");
    }
}
