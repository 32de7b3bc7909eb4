package io.promptaudit.server.trail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.promptaudit.server.trail.TestServer.Answer;

import static io.promptaudit.server.trail.ReadTrail.JSON;
import static io.promptaudit.server.trail.ReadTrail.P;
import static io.promptaudit.server.trail.ReadTrail.READS;
import static io.promptaudit.server.trail.ReadTrail.answer;
import static io.promptaudit.server.trail.ReadTrail.done;
import static io.promptaudit.server.trail.ReadTrail.get;
import static io.promptaudit.server.trail.ReadTrail.server;
import static org.assertj.core.api.Assertions.assertThat;

/** The headers of reads: positions to wait for, HEAD, and entity tags. */
@ExtendWith(ReadTrail.class)
class ReadHeadersIT {
    @Test
    void mustBeNumbers() {
        for (String read : READS) {
            for (String position : List.of("x", "-1", "1.5", "99999999999999999999", "")) {
                Answer answer = server.get("admin", read, "Audit-Position", position);
                answer(answer, 400, "malformed-request");
                assertThat(answer.at("field")).as(read).isEqualTo("Audit-Position");
            }
        }
        answer(server.get("admin", "/api/v1/events", "Accept", JSON, "Audit-Position", "x"), 400, "malformed-request");
    }

    @Test
    void feedWaitsToo() {
        String beyond = Long.toString(server.head() + 1_000_000);
        answer(server.get("admin", "/api/v1/events", "Accept", JSON, "Audit-Position", beyond), 503, "view-behind");
        assertThat(server.get("admin", "/api/v1/events?limit=1", "Accept", JSON, "Audit-Position",
                Long.toString(server.head())).status()).isEqualTo(200);
    }

    /** All at once, because each waits for two seconds. */
    @Test
    void beyondTheEndAreNotAnswered() throws Exception {
        var running = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String read : READS) {
                running.add(threads.submit(
                        () -> server.get("admin", read, "Audit-Position", Long.toString(server.head() + 1_000_000))));
            }
            for (int i = 0; i < READS.size(); i++) {
                Answer answer = running.get(i).get();
                assertThat(answer.problem()).as(READS.get(i) + answer.text()).isEqualTo("view-behind");
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.headers().get("retry-after")).isEqualTo("1");
            }
        }
    }

    @Test
    void atTheEndAreAnswered() {
        for (String read : READS) {
            assertThat(server.get("admin", read, "Audit-Position", Long.toString(server.head())).status()).as(read)
                    .isEqualTo(200);
        }
    }

    @Test
    void areAllThatHeadAsksFor() {
        for (String read : READS) {
            Answer whole = get(read);
            Answer head = server.send("admin", "HEAD", read, null);
            assertThat(head.status()).as(read).isEqualTo(200);
            assertThat(head.text()).as(read).isEmpty();
            assertThat(head.headers().get("content-type")).isEqualTo(whole.headers().get("content-type")).isEqualTo(JSON);
            assertThat(head.headers().get("etag")).isEqualTo(whole.headers().get("etag"));
            assertThat(whole.headers()).as(read).containsEntry("cache-control", "no-store")
                    .containsEntry("x-content-type-options", "nosniff").containsKey("request-id");
        }
    }

    @Test
    void spareWhoPollsTheActiveVersion() {
        Answer first = get(P + "/active?environment=lab");
        String tag = String.valueOf(first.headers().get("etag"));
        assertThat(tag).matches("\"[A-Za-z0-9_-]+\"");
        for (String known : List.of(tag, "\"other\", " + tag, "W/" + tag)) {
            Answer again = server.get("admin", P + "/active?environment=lab", "If-None-Match", known);
            assertThat(again.status()).as(known).isEqualTo(304);
            assertThat(again.text()).isEmpty();
            assertThat(again.headers()).containsEntry("etag", tag);
        }
        assertThat(server.get("admin", P + "/active?environment=lab", "If-None-Match", "\"other\"").status()).isEqualTo(200);
        assertThat(server.get("admin", P + "/active?environment=staging", "If-None-Match", tag).status()).isEqualTo(404);
        // What is answered has changed: an approval's state, a check, anything in the body.
        Answer check = done("wanda", P + "/versions/1/checks", "{\"name\":\"other\",\"outcome\":\"passed\"}");
        Answer changed = server.get("admin", P + "/active?environment=lab", "If-None-Match", tag, "Audit-Position",
                Long.toString(check.position()));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.headers().get("etag")).isNotEqualTo(tag);
    }
}
