package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.promptaudit.command.trail.Alerts;

import static org.assertj.core.api.Assertions.assertThat;

/** An alert is an event of the server's own, once for each change, whatever restarts in between. */
class AlertsIT {
    @Test
    void areOnRecordOncePerChange(@TempDir Path folder) {
        try (var server = new TestServer(folder)) {
            var alerts = server.bean(Alerts.class);
            assertThat(alerts.clear("probe")).isFalse();
            assertThat(alerts.raise("probe", "it leaks")).isTrue();
            assertThat(alerts.raise("probe", "it leaks")).isFalse();
        }
        try (var server = new TestServer(folder)) {
            var alerts = server.bean(Alerts.class);
            assertThat(alerts.raise("probe", "it leaks")).isFalse();
            assertThat(alerts.raise("probe", "it leaks more")).isTrue();
            assertThat(alerts.raise("other", "it leaks")).isTrue();
            assertThat(alerts.clear("probe")).isTrue();
            assertThat(alerts.clear("probe")).isFalse();
            assertThat(alerts.raise("probe", "it leaks")).isTrue();
            assertThat(told(server)).containsExactly("system raised the alert probe: it leaks.",
                    "system cleared the alert probe.", "system raised the alert other: it leaks.",
                    "system raised the alert probe: it leaks more.", "system raised the alert probe: it leaks.");
            JsonNode newest = server.send("admin", "GET", "/api/v1/events?after=" + (server.head() - 1), null, "Accept",
                    "application/json").json().path("items").get(0);
            assertThat(newest.path("type").asString()).isEqualTo("io.promptaudit.server.alert-raised.v1");
            assertThat(newest.path("actor").asString()).isEqualTo("system");
            assertThat(newest.path("data").path("detail").asString()).isEqualTo("it leaks");
        }
    }

    private static List<String> told(TestServer server) {
        JsonNode items = server.get("admin", "/api/v1/audit?actor=system&q=alert", "Audit-Position",
                Long.toString(server.head())).json().path("items");
        return StreamSupport.stream(items.spliterator(), false).map(item -> item.path("sentence").asString()).toList();
    }
}
