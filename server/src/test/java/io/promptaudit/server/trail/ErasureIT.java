package io.promptaudit.server.trail;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A person is erased: their details are nowhere in the data folder, and the trail is as whole as before. */
class ErasureIT {
    private static final String NAME = "Unmistakable Display Name 4711";
    private static final String AGENT = "UnmistakableBrowser/4711";

    @TempDir
    Path folder;

    @Test
    void leavesNoDetailsAndEveryEvent() {
        String eventsBefore;
        String replayBefore;
        try (var server = new TestServer(folder)) {
            server.post("admin", "/api/v1/accounts", """
                    {"id":"p-77","displayName":"%s","kind":"person","password":"%s",
                     "grants":[{"role":"editor","prompts":"**"}]}""".formatted(NAME, TestServer.PASSWORD));
            var created = server.post("p-77", "/api/v1/prompts",
                    "{\"name\":\"erasure\",\"type\":\"text\",\"content\":\"kept\",\"note\":\"n\"}", "User-Agent", AGENT);
            assertThat(created.status()).isEqualTo(201);
            String position = Long.toString(created.position());
            assertThat(server.get("admin", "/api/v1/accounts/p-77", "Audit-Position", position).at("displayName"))
                    .isEqualTo(NAME);
            assertThat(server.get("admin", "/api/v1/audit?actor=p-77", "Audit-Position", position).text()).contains(NAME, AGENT);
            eventsBefore = server.get("admin", "/api/v1/prompts/erasure/events").text();
            replayBefore = server.get("admin", "/api/v1/prompts/erasure/replay").text();

            var erased = server.post("admin", "/api/v1/accounts/p-77/erasure", "{\"reason\":\"asked for it\"}");

            assertThat(erased.status()).isEqualTo(201);
            String after = Long.toString(erased.position());
            assertThat(server.get("admin", "/api/v1/accounts/p-77", "Audit-Position", after).text()).doesNotContain(NAME);
            assertThat(server.get("admin", "/api/v1/audit?actor=p-77", "Audit-Position", after).text()).contains("p-77")
                    .doesNotContain(NAME, AGENT);
            assertThat(server.get("p-77", "/api/v1/me").status()).isEqualTo(401);
            assertThat(server.get("admin", "/api/v1/prompts/erasure/events").text()).isEqualTo(eventsBefore);
        }
        assertThat(StoredText.filesWith(folder, NAME)).isEmpty();
        assertThat(StoredText.filesWith(folder, AGENT)).isEmpty();
        try (var server = new TestServer(folder)) {
            assertThat(server.get("admin", "/api/v1/prompts/erasure/events").text()).isEqualTo(eventsBefore);
            assertThat(server.get("admin", "/api/v1/prompts/erasure/replay").text()).isEqualTo(replayBefore);
            assertThat(server.post("admin", "/api/v1/accounts", """
                    {"id":"p-77","displayName":"Another","kind":"person","password":"%s","grants":[]}"""
                    .formatted(TestServer.PASSWORD)).at("rule")).isEqualTo("account-exists");
        }
    }
}
