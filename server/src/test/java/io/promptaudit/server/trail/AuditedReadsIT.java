package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.server.database.Durability;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who reads the content of audited prompts is on record before the content leaves, and nothing else of reading is. */
class AuditedReadsIT {
    private static final String SECRET = "/api/v1/prompts/clinical%2Fsecret";
    private static final String PLAIN = "/api/v1/prompts/plain%2Ftext";

    @TempDir
    static Path folder;
    private static TestServer server;

    /** The disk, which a test may hold or break. */
    private static final class Disk {
        private static volatile CountDownLatch free = new CountDownLatch(0);
        private static volatile boolean broken;

        static void pass() {
            try {
                free.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (broken) {
                throw new IllegalStateException("the disk is full");
            }
        }
    }

    // Without stereotype, so that no other test's server finds it.
    static class SlowDisk {
        @Bean
        @Primary
        Durability slowDisk(ObjectProvider<Durability> all) {
            return new Durability() {
                @Override
                public void force() {
                    Disk.pass();
                    all.stream().filter(disk -> !equals(disk)).forEach(Durability::force);
                }
            };
        }
    }

    @BeforeAll
    static void start() {
        // Fewer connections than readers: a reader that waits for its record must not hold one.
        server = new TestServer(folder, new Class<?>[]{SlowDisk.class}, "--promptaudit.audit-reads=clinical/**,other",
                "--spring.datasource.hikari.maximum-pool-size=12", "--promptaudit.write.timeout=15s");
        server.account("wanda", """
                [{"role":"editor","prompts":"**"},{"role":"deployer","prompts":"**","environments":["staging"]}]""");
        for (String prompt : List.of("clinical/secret", "plain/text")) {
            String path = "/api/v1/prompts/" + TestServer.segment(prompt);
            made("/api/v1/prompts",
                    "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"TELLING one\",\"note\":\"n\"}".formatted(prompt));
            made(path + "/versions", "{\"basedOn\":1,\"content\":\"TELLING two\",\"note\":\"n\"}");
            made(path + "/versions/1/comments", "{\"text\":\"t\"}");
            made(path + "/deployments", "{\"version\":1,\"environment\":\"staging\",\"reason\":\"r\"}");
        }
        settle();
    }

    private static void made(String path, String body) {
        Answer answer = server.post("wanda", path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    @AfterEach
    void repair() {
        Disk.free.countDown();
        Disk.broken = false;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void areOnRecordWithReaderPromptAndVersions() {
        long before = server.head();
        assertRecorded(SECRET + "/versions/2", "find-version", "2");
        assertRecorded(SECRET + "/versions", "list-versions", "2, 1");
        assertRecorded(SECRET + "/active?environment=staging", "find-active", "1");
        assertRecorded("/api/v1/environments/staging/active", "list-active", "1");
        assertRecorded(SECRET + "/diff?from=1&to=2", "compare-versions", "1, 2");
        assertRecorded(SECRET + "/replay", "replay-prompt", "1, 2");
        assertRecorded(SECRET + "/replay?sequence=0", "replay-prompt", "1");
        assertRecorded(SECRET + "/events", "list-stored-events", "1, 2");
        assertThat(server.head()).as("one event each").isEqualTo(before + 8);
        // Outside of the prompt's own stream, which is as long as it was.
        assertThat(server.get("wanda", PLAIN + "/replay").json().path("sequence").asLong())
                .isEqualTo(server.get("wanda", SECRET + "/replay").json().path("sequence").asLong());
    }

    private static void assertRecorded(String read, String query, String versions) {
        assertThat(server.get("wanda", read, "User-Agent", "reader/1").text()).as(read).contains("TELLING");
        JsonNode event = events().getLast();
        assertThat(event.path("type").asString()).as(read).isEqualTo("io.promptaudit.content.read.v1");
        assertThat(event.path("actor").asString()).isEqualTo("wanda");
        assertThat(event.path("data").path("prompt").asString()).isEqualTo("clinical/secret");
        assertThat(event.path("data").path("versions").toString()).as(read).isEqualTo("[" + versions.replace(" ", "") + "]");
        JsonNode entry = server.get("admin", "/api/v1/audit?action=read-content&limit=1", "Audit-Position",
                event.path("position").asString()).json().path("items").get(0);
        assertThat(entry.path("position")).isEqualTo(event.path("position"));
        assertThat(entry.path("actor").asString()).isEqualTo("wanda");
        assertThat(entry.path("displayName").asString()).isEqualTo("Name of wanda");
        assertThat(entry.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(entry.path("userAgent").asString()).isEqualTo("reader/1");
        assertThat(entry.path("prompt").asString()).isEqualTo("clinical/secret");
        assertThat(entry.path("sentence").asString()).contains("by " + query);
    }

    @Test
    void areNotOnRecordWhereNoContentLeaves() {
        long before = server.head();
        for (String read : List.of(SECRET, SECRET + "/versions/1/comments", SECRET + "/deployments", SECRET + "/history",
                "/api/v1/prompts?q=TELLING", "/api/v1/audit", "/api/v1/approvals", SECRET + "/events?limit=1&cursor=MQ",
                PLAIN + "/versions/1", PLAIN + "/versions", PLAIN + "/active?environment=staging", PLAIN + "/replay",
                PLAIN + "/events", PLAIN + "/diff?from=1&to=2")) {
            assertThat(server.get("wanda", read).status()).as(read).isEqualTo(200);
        }
        for (String read : List.of(SECRET + "/versions/9", SECRET + "/active?environment=production",
                "/api/v1/prompts/clinical%2Fnone/versions/1")) {
            assertThat(server.get("wanda", read).status()).as(read).isEqualTo(404);
        }
        assertThat(server.head()).isEqualTo(before);
        // Who has it already is told so and is given nothing; who has not is given it, on record.
        String active = SECRET + "/active?environment=staging";
        String tag = String.valueOf(server.get("wanda", active).headers().get("etag"));
        assertThat(server.get("wanda", active, "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(server.head()).isEqualTo(before + 1);
        assertThat(server.get("wanda", active, "If-None-Match", "\"other\"").text()).contains("TELLING");
        assertThat(server.head()).isEqualTo(before + 2);
    }

    @Test
    void waitForTheirRecordToBeDurable() throws Exception {
        long before = server.head();
        Disk.free = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reads = new ArrayList<Future<Answer>>();
            for (int reader = 0; reader < 40; reader++) {
                reads.add(threads.submit(() -> server.get("wanda", SECRET + "/versions/1")));
            }
            // Whoever asks for nothing that is audited is not kept waiting.
            assertThat(server.get("wanda", PLAIN + "/versions/1").status()).isEqualTo(200);
            assertThatThrownBy(() -> reads.getFirst().get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(reads).noneMatch(Future::isDone);
            assertThat(server.head()).isEqualTo(before);
            Disk.free.countDown();
            for (Future<Answer> read : reads) {
                assertThat(read.get().status()).isEqualTo(200);
            }
        }
        assertThat(server.head()).isEqualTo(before + 40);
    }

    @Test
    void areRefusedWhileNothingCanBeRecorded() throws ExecutionException, InterruptedException {
        Disk.broken = true;
        Answer broken;
        do {
            // Until the sequencer has noticed.
            broken = server.get("wanda", SECRET + "/versions/1");
            assertThat(broken.text()).doesNotContain("TELLING");
            assertThat(broken.status()).isEqualTo(503);
        } while (!broken.at("detail").contains("cannot be made durable"));
        assertThat(broken.problem()).isEqualTo("trail-unavailable");
        assertThat(server.get("wanda", PLAIN + "/versions/1").status()).isEqualTo(200);
        Disk.broken = false;
        Answer again;
        do {
            again = server.get("wanda", SECRET + "/versions/1");
        } while (again.status() == 503);
        assertThat(again.text()).contains("TELLING");
    }

    @Test
    void areForThoseWhoReadEverything() {
        assertThat(server.get("wanda", SECRET + "/versions/1").status()).isEqualTo(200);
        settle();
        assertThat(server.get("wanda", "/api/v1/audit?action=read-content").json().path("items")).isEmpty();
        assertThat(server.get("wanda", "/api/v1/audit").text()).doesNotContain("read-content");
        assertThat(server.get("admin", SECRET + "/history").text()).doesNotContain("read-content");
        assertThat(server.get("wanda", "/api/v1/events?limit=200", "Accept", "application/json").text())
                .doesNotContain("content.read");
    }

    @Test
    void needPatternsThatAreSome(@TempDir Path other) {
        assertThatThrownBy(() -> new TestServer(other, "--promptaudit.audit-reads=clinical/**,clinical//x").close())
                .rootCause().isInstanceOfSatisfying(InvalidValue.class,
                        wrong -> assertThat(wrong.field()).isEqualTo("promptaudit.audit-reads[1]"));
    }

    private static void settle() {
        assertThat(server.get("admin", "/api/v1/projections", "Audit-Position", Long.toString(server.head())).status())
                .isEqualTo(200);
    }

    private static List<JsonNode> events() {
        long head = server.head();
        return StreamSupport.stream(server.get("admin", "/api/v1/events?after=" + (head - 1), "Accept", "application/json").json()
                .path("items").spliterator(), false).toList();
    }
}
