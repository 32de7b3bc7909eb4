package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** An Idempotency-Key makes any write repeatable: whoever repeats it gets the first answer, and one event is all there is. */
class IdempotencyIT {
    private static final String KEY = "Idempotency-Key";
    private static final int THREADS = 16;

    @TempDir
    static Path folder;
    private static TestServer server;
    /** What every write endpoint answered before the server was started again. */
    private static Map<EveryWrite, Answer> before;
    private static Answer refusedBefore;

    @BeforeAll
    static void start() {
        try (var first = new TestServer(folder)) {
            EveryWrite.accounts(first);
            before = EveryWrite.sendAll(first);
            refusedBefore = first.post("rita", "/api/v1/prompts", prompt("rita/tries"), KEY, "refused");
            repeatAll(first);
        }
        server = new TestServer(folder);
    }

    @AfterAll
    static void stop() {
        SequenceChecks.requireWhole(server.bean(JdbcClient.class));
        server.close();
    }

    @Test
    void everyWriteIsRepeatableAlsoAfterARestart() {
        repeatAll(server);
    }

    private static void repeatAll(TestServer running) {
        long head = running.head();
        before.forEach((write, answer) -> {
            Answer again = write.send(running, KEY, write.name());
            assertThat(again.status()).as(write.name() + again.text()).isEqualTo(answer.status());
            assertThat(again.json()).as(write.name()).isEqualTo(EveryWrite.repeated(answer));
        });
        assertThat(running.head()).isEqualTo(head);
    }

    @Test
    void everyWriteRefusesTheKeyOfAnother() {
        long head = server.head();
        before.keySet().forEach(write -> {
            Answer other = new EveryWrite(write.name(), write.account(), write.method(), write.path(), write.body() + " ")
                    .send(server, KEY, write.name());
            assertThat(other.problem()).as(write.name() + other.text()).isEqualTo("idempotency-key-reused");
            assertThat(other.status()).isEqualTo(422);
        });
        // The address is part of the request, like its body.
        assertThat(server.post("wanda", "/api/v1/prompts/a/archival", "{\"reason\":\"old\"}", KEY, "archival").problem())
                .isEqualTo("idempotency-key-reused");
        assertThat(server.head()).isEqualTo(head);
    }

    @Test
    void aRefusalIsRepeatedWithItsFirstEvent() {
        long head = server.head();
        Answer again = server.post("rita", "/api/v1/prompts", prompt("rita/tries"), KEY, "refused");
        assertSameRefusal(again, refusedBefore);
        Answer byRule = server.post("wanda", "/api/v1/prompts", prompt(EveryWrite.PROMPT), KEY, "exists");
        assertThat(byRule.at("rule")).isEqualTo("prompt-exists");
        assertSameRefusal(server.post("wanda", "/api/v1/prompts", prompt(EveryWrite.PROMPT), KEY, "exists"), byRule);
        assertThat(server.head()).isEqualTo(head + 1);
    }

    @Test
    void theFirstAnswerStandsWhenGrantsHaveChanged() {
        server.account("erin", EveryWrite.GRANTS);
        Answer made = server.post("erin", "/api/v1/prompts", prompt("erin/one"), KEY, "made");
        server.put("admin", "/api/v1/accounts/erin/grants", "{\"grants\":[]}");
        Answer again = server.post("erin", "/api/v1/prompts", prompt("erin/one"), KEY, "made");
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(made.json());
        Answer refused = server.post("erin", "/api/v1/prompts", prompt("erin/two"), KEY, "not-made");
        assertThat(refused.at("rule")).isEqualTo("missing-grant");
        server.put("admin", "/api/v1/accounts/erin/grants", "{\"grants\":" + EveryWrite.GRANTS + "}");
        assertSameRefusal(server.post("erin", "/api/v1/prompts", prompt("erin/two"), KEY, "not-made"), refused);
        assertThat(server.post("erin", "/api/v1/prompts", prompt("erin/two"), KEY, "anew").status()).isEqualTo(201);
    }

    @Test
    void equalRequestsAtOnceMakeOneEvent() throws Exception {
        for (int round = 0; round < 5; round++) {
            long head = server.head();
            String body = prompt("once/" + round);
            var answers = atOnce(() -> server.post("wanda", "/api/v1/prompts", body, KEY, body.substring(9, 16)));
            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(201));
            assertThat(new HashSet<>(answers.stream().map(Answer::json).toList())).hasSize(1);
            assertThat(server.head()).isEqualTo(head + 1);
        }
    }

    @Test
    void equalRefusalsAtOnceMakeOneEvent() throws Exception {
        for (int round = 0; round < 5; round++) {
            long head = server.head();
            String key = "at-once-" + round;
            List<Answer> answers = atOnce(() -> server.post("wanda", "/api/v1/prompts", prompt(EveryWrite.PROMPT), KEY, key));
            assertThat(answers).allSatisfy(answer -> assertSameRefusal(answer, answers.getFirst()));
            assertThat(answers.getFirst().at("rule")).isEqualTo("prompt-exists");
            assertThat(server.head()).isEqualTo(head + 1);
        }
    }

    @Test
    void keysAreEachAccountsOwn() {
        Answer first = server.post("wanda", "/api/v1/prompts", prompt("own/wanda"), KEY, "shared");
        server.account("uwe", EveryWrite.GRANTS);
        Answer second = server.post("uwe", "/api/v1/prompts", prompt("own/uwe"), KEY, "shared");
        assertThat(List.of(first.status(), second.status())).containsOnly(201);
        assertThat(first.at("eventId")).isNotEqualTo(second.at("eventId"));
    }

    @Test
    void whatWasNotDecidedBindsNoKey() {
        assertThat(server.post("wanda", "/api/v1/prompts", "{\"name\":\"mended\"}", KEY, "mended").status()).isEqualTo(400);
        assertThat(server.post("wanda", "/api/v1/prompts/unknown/archival", "{\"reason\":\"x\"}", KEY, "mended").problem())
                .isEqualTo("prompt-not-found");
        assertThat(server.post("wanda", "/api/v1/prompts", prompt("mended"), KEY, "mended").status()).isEqualTo(201);
    }

    @Test
    void badKeysAreRefused() {
        long head = server.head();
        for (String key : List.of("", "two words", "x".repeat(256))) {
            Answer answer = server.post("wanda", "/api/v1/prompts", prompt("bad/key"), KEY, key);
            assertThat(answer.problem()).isEqualTo("malformed-request");
            assertThat(answer.at("field")).isEqualTo(KEY);
        }
        assertThat(server.head()).isEqualTo(head);
        assertThat(server.post("wanda", "/api/v1/prompts", prompt("good/key"), KEY, "x".repeat(255)).status()).isEqualTo(201);
    }

    private static void assertSameRefusal(Answer again, Answer first) {
        assertThat(again.status()).as(again.text()).isEqualTo(first.status());
        for (String field : List.of("type", "rule", "detail", "eventId", "position", "policyRevision")) {
            assertThat(again.json().path(field)).as(field).isEqualTo(first.json().path(field));
        }
    }

    private static List<Answer> atOnce(Callable<Answer> request) throws Exception {
        var start = new CountDownLatch(1);
        var running = new ArrayList<Future<Answer>>();
        var answers = new ArrayList<Answer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return request.call();
                }));
            }
            start.countDown();
            for (Future<Answer> one : running) {
                answers.add(one.get());
            }
        }
        return answers;
    }

    private static String prompt(String name) {
        return "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"x\",\"note\":\"n\"}".formatted(name);
    }
}
