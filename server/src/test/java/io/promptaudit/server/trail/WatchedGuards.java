package io.promptaudit.server.trail;

import java.util.List;

import tools.jackson.databind.JsonNode;

import io.promptaudit.server.guard.GuardCheck;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** What a server says of its guards: to the auditor, to strangers, and in the trail. */
record WatchedGuards(TestServer server) {
    /** Has the server look twice: what the second look finds is on record already. */
    void look() {
        server.bean(GuardCheck.class).look();
        long head = server.head();
        server.bean(GuardCheck.class).look();
        assertThat(server.head()).isEqualTo(head);
    }

    void areAllThere() {
        assertThat(server.bean(GuardCheck.class).missing()).isEmpty();
        assertThat(health("").at("status")).isEqualTo("UP");
        assertThat(health("admin").json().at("/components/guards/status").asString()).isEqualTo("UP");
        assertThat(gauge()).endsWith(" 0.0");
    }

    /** Exactly these are reported, and the newest event says so. */
    void areMissing(String... found) {
        assertThat(server.bean(GuardCheck.class).missing()).containsExactly(found);
        assertThat(health("").json().properties()).hasSize(1);
        assertThat(health("").at("status")).isEqualTo("DEGRADED");
        JsonNode guards = health("admin").json().at("/components/guards");
        assertThat(guards.path("status").asString()).isEqualTo("DEGRADED");
        assertThat(guards.at("/details/missing")).extracting(JsonNode::asString).containsExactly(found);
        assertThat(gauge()).endsWith(" %d.0".formatted(found.length));
        assertThat(newest()).isEqualTo("system raised the alert guards: %s.".formatted(String.join("; ", List.of(found))));
    }

    void areBack() {
        areAllThere();
        assertThat(newest()).isEqualTo("system cleared the alert guards.");
    }

    private String newest() {
        return server.get("admin", "/api/v1/audit?limit=1", "Audit-Position", Long.toString(server.head())).json()
                .path("items").get(0).path("sentence").asString();
    }

    private Answer health(String account) {
        return server.get(account, "/actuator/health");
    }

    private String gauge() {
        return server.get("admin", "/actuator/prometheus").text().lines()
                .filter(line -> line.startsWith("promptaudit_guards_missing")).findFirst().orElseThrow();
    }
}
