package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** An emergency that nobody judges: due, then overdue, and seen by who should see it. */
class EmergencyDebtsIT {
    private static final String HEALTH = "/actuator/health";
    private static final String METRICS = "/actuator/prometheus";

    @TempDir
    Path folder;

    @Test
    void areOverdueOnceTheirTimeIsOver() {
        try (var server = new TestServer(folder, new Class<?>[]{MovedClock.class})) {
            server.account("wanda", """
                    [{"role":"editor","prompts":"**"},{"role":"deployer","prompts":"**","environments":["production"]}]""");
            server.account("rita", "[{\"role\":\"reviewer\",\"prompts\":\"**\"}]");
            server.account("otto", "[{\"role\":\"auditor\"}]");
            server.post("wanda", "/api/v1/prompts",
                    "{\"name\":\"secret/name\",\"type\":\"text\",\"content\":\"x\",\"note\":\"n\"}");
            Answer deployed = server.post("wanda", "/api/v1/prompts/secret%2Fname/deployments", """
                    {"version":1,"environment":"production","reason":"fire","ticket":"INC-1","emergency":true}""");
            JsonNode open = server.after(deployed, "otto", "/api/v1/emergencies?state=open").json().path("items").get(0);
            assertThat(open.path("deployment").asString()).isEqualTo(deployed.at("eventId"));
            assertThat(Instant.parse(open.path("due").asString()))
                    .isEqualTo(Instant.parse(open.path("since").asString()).plus(Duration.ofDays(3)));
            assertThat(overdue(server)).isEmpty();
            tells(server, 1, 0);

            MovedClock.move(Duration.ofHours(73));
            assertThat(overdue(server)).hasSize(1);
            tells(server, 1, 1);
            assertThat(server.get("otto", HEALTH).json().path("components").path("emergency").path("details")
                    .path("overdueDeployments").get(0).asString()).isEqualTo(deployed.at("eventId"));

            Answer judged = server.post("rita", "/api/v1/prompts/secret%2Fname/emergency-reviews",
                    "{\"deployment\":\"%s\",\"verdict\":\"good\",\"comment\":\"c\"}".formatted(deployed.at("eventId")));
            assertThat(server.after(judged, "otto", "/api/v1/emergencies?state=overdue").json().path("items")).isEmpty();
            tells(server, 0, 0);
        }
    }

    private static JsonNode overdue(TestServer server) {
        return server.get("otto", "/api/v1/emergencies?state=overdue").json().path("items");
    }

    /** Debts do not change the status, and nobody but auditors and admins learns of them. */
    private static void tells(TestServer server, int open, int overdue) {
        for (String account : new String[]{"", "wanda"}) {
            assertThat(server.get(account, HEALTH).text()).isEqualTo("{\"status\":\"UP\"}");
        }
        assertThat(server.get("", METRICS).status()).isEqualTo(401);
        assertThat(server.get("wanda", METRICS).status()).isEqualTo(403);
        for (String account : new String[]{"otto", "admin"}) {
            JsonNode health = server.get(account, HEALTH).json();
            assertThat(health.path("status").asString()).isEqualTo("UP");
            JsonNode details = health.path("components").path("emergency").path("details");
            assertThat(details.path("open").asInt()).isEqualTo(open);
            assertThat(details.path("overdue").asInt()).isEqualTo(overdue);
            Answer metrics = server.get(account, METRICS);
            assertThat(metrics.status()).as(metrics.text()).isEqualTo(200);
            assertThat(metrics.text()).contains("promptaudit_emergencies_open " + open + ".0",
                    "promptaudit_emergencies_overdue " + overdue + ".0").doesNotContain("secret");
        }
    }
}
