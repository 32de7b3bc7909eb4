package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.core.ThrowingRunnable;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A subscriber that fails for one prompt: that prompt's events wait in order, the others go on, and nothing is lost. */
class DeadLetterIT {
    private static final String GROUP = "subscriber.test";
    private static final String BROKEN = "letters/broken";

    @TempDir
    Path folder;

    /** Fails for one prompt until it is repaired. Without stereotype, so that no other test's server finds it. */
    @ProcessingGroup(GROUP)
    static class Subscriber {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private volatile boolean repaired;

        @EventHandler
        void on(PromptEvent event, EventMessage<?> message) {
            if (event.prompt().equals(BROKEN) && !repaired) {
                throw new IllegalStateException("the other side does not answer");
            }
            told.add(message.getIdentifier());
        }
    }

    @Test
    void keepsTheEventsOfOnePromptUntilTheyCanBeTold() {
        try (var server = new TestServer(folder, new Class<?>[]{Subscriber.class})) {
            var subscriber = server.bean(Subscriber.class);
            server.account("wanda", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
            String first = write(server, "/api/v1/prompts", prompt(BROKEN));
            String good = write(server, "/api/v1/prompts", prompt("letters/good"));
            String second = write(server, "/api/v1/prompts/letters%2Fbroken/versions/1/comments", "{\"text\":\"one\"}");
            String third = write(server, "/api/v1/prompts/letters%2Fbroken/versions/1/comments", "{\"text\":\"two\"}");
            String last = write(server, "/api/v1/prompts/letters%2Fgood/versions/1/comments", "{\"text\":\"three\"}");

            eventually(() -> assertThat(subscriber.told).containsExactly(good, last));
            assertThat(letters(server)).containsExactly(first, second, third);
            assertThat(groups(server)).containsExactly(GROUP);
            assertThat(server.get("", "/actuator/health").at("status")).isEqualTo("DEGRADED");
            // Views have it all the same: none of them ever leaves an event aside.
            assertThat(server.get("admin", "/api/v1/prompts/letters%2Fbroken/history", "Audit-Position",
                    Long.toString(server.head())).json().path("items")).hasSize(3);

            var processor = server.bean(EventProcessingConfiguration.class).sequencedDeadLetterProcessor(GROUP).orElseThrow();
            assertThat(processor.processAny()).isFalse();
            assertThat(letters(server)).containsExactly(first, second, third);
            assertThat(subscriber.told).containsExactly(good, last);

            subscriber.repaired = true;
            assertThat(processor.processAny()).isTrue();
            assertThat(subscriber.told).containsExactly(good, last, first, second, third);
            assertThat(letters(server)).isEmpty();
            assertThat(server.get("", "/actuator/health").at("status")).isEqualTo("UP");

            String after = write(server, "/api/v1/prompts/letters%2Fbroken/versions/1/comments", "{\"text\":\"four\"}");
            eventually(() -> assertThat(subscriber.told).endsWith(third, after));
        }
    }

    @Test
    void lettersOutliveTheServer() {
        String first;
        try (var server = new TestServer(folder, new Class<?>[]{Subscriber.class})) {
            server.account("wanda", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
            first = write(server, "/api/v1/prompts", prompt(BROKEN));
            eventually(() -> assertThat(letters(server)).containsExactly(first));
        }
        try (var server = new TestServer(folder, new Class<?>[]{Subscriber.class})) {
            var subscriber = server.bean(Subscriber.class);
            String second = write(server, "/api/v1/prompts/letters%2Fbroken/versions/1/comments", "{\"text\":\"one\"}");
            eventually(() -> assertThat(letters(server)).containsExactly(first, second));
            subscriber.repaired = true;
            var processor = server.bean(EventProcessingConfiguration.class).sequencedDeadLetterProcessor(GROUP).orElseThrow();
            assertThat(processor.processAny()).isTrue();
            assertThat(subscriber.told).containsExactly(first, second);
        }
    }

    private static String write(TestServer server, String path, String body) {
        Answer answer = server.post("wanda", path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.at("eventId");
    }

    private static List<String> letters(TestServer server) {
        return server.bean(JdbcClient.class)
                .sql("select event_identifier from dead_letter order by sequence_identifier, sequence_index")
                .query(String.class).list();
    }

    private static List<String> groups(TestServer server) {
        return server.bean(JdbcClient.class).sql("select distinct processing_group from dead_letter").query(String.class)
                .list();
    }

    private static void eventually(ThrowingRunnable check) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(check);
    }

    private static String prompt(String name) {
        return "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"x\",\"note\":\"n\"}".formatted(name);
    }
}
