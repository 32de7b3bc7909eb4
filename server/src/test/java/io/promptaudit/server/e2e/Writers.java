package io.promptaudit.server.e2e;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.promptaudit.server.e2e.Api.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Eight writers, who edit, approve, deploy, comment and are refused, each write under a key of its own. They remember what was
 * acknowledged, and what was on its way when the server went.
 */
final class Writers {
    private static final int WRITERS = 8;
    private static final int PROMPTS = 6;
    private static final int REPEATED = 5;
    /** Every so many writes ask for a receipt. */
    private static final int RECEIPTS = 3;
    private static final Pattern MARK = Pattern.compile("mark-\\d+-\\d+\\.");
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");

    private final Random random;
    private final Map<String, Integer> latest = new ConcurrentHashMap<>();
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Write> unanswered = new ConcurrentLinkedQueue<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final Receipts receipts = new Receipts();
    private final AtomicInteger numbers = new AtomicInteger();

    /** @param random decides, in this thread only, what each writer's own source of chance begins with */
    Writers(Random random) {
        this.random = random;
    }

    /** One write; its key stands in its body too, as a mark. */
    record Write(String key, String account, String path, Map<String, Object> body) {}

    /** A write that was answered: done, or refused by a rule, which is an event as well. */
    record Acknowledged(Write write, boolean done, String eventId, long position, @Nullable Integer version) {
        String key() {
            return write.key();
        }
    }

    /** Makes the writers' accounts and prompts, once. */
    void prepare(ServerProcess server) {
        receipts.learnKeys(server);
        if (!latest.isEmpty()) {
            return;
        }
        Api admin = server.admin();
        // Erin may approve, but never what she wrote herself.
        Api erin = admin.create("erin", Api.grant("editor"), Api.grant("reviewer"));
        admin.create("rita", Api.grant("reviewer"));
        admin.create("dora", Api.grant("deployer", "staging", "production"));
        for (int i = 0; i < PROMPTS; i++) {
            String prompt = "crash/prompt " + i;
            erin.post("/api/v1/prompts", Map.of("name", prompt, "type", "text", "content", "Hello", "note", "First")).expect(201);
            latest.put(prompt, 1);
        }
    }

    List<Acknowledged> acknowledged() {
        assertThat(surprises).as("answers that no write should get").isEmpty();
        return List.copyOf(acknowledged);
    }

    /** Eight writers at work, until the server is gone. */
    Work start(ServerProcess server) {
        var done = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            var chance = new Random(random.nextLong());
            threads.add(Thread.ofVirtual().start(() -> {
                while (send(server, next(writer, chance))) {
                    done.incrementAndGet();
                }
            }));
        }
        return new Work(done, threads);
    }

    /** The writers while they are at work. */
    record Work(AtomicInteger done, List<Thread> threads) {

        /** Waits until so many writes were answered. */
        void await(int writes) throws InterruptedException {
            while (done.get() < writes && threads.stream().anyMatch(Thread::isAlive)) {
                Thread.sleep(1);
            }
        }

        /** Waits until every writer has noticed that the server is gone. */
        void join() throws InterruptedException {
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    /** Sends again, under the same key, what had no answer: there is one event, whether it was recorded before or not. */
    void repeatUnanswered(ServerProcess server) {
        List<Write> again = List.copyOf(unanswered);
        unanswered.clear();
        again.forEach(write -> assertThat(send(server, write)).isTrue());
    }

    /** Sends again what was answered last: the answer is the same. */
    void repeatSomeAnswered(ServerProcess server) {
        List<Acknowledged> before = List.copyOf(acknowledged);
        for (Acknowledged first : before.subList(Math.max(0, before.size() - REPEATED), before.size())) {
            Answer again = post(server, first.write());
            assertThat(again.text("eventId")).as("the same answer to %s", first).isEqualTo(first.eventId());
            assertThat(again.number("position")).as("the same answer to %s", first).isEqualTo(first.position());
        }
    }

    /** Learns how far the prompts have come: some edits were recorded, but not answered. */
    void learn(TrailFile file) {
        file.events().forEach(event -> {
            String name = event.aggregate().substring(event.aggregate().indexOf(':') + 1);
            var version = VERSION.matcher(event.payload());
            if (latest.containsKey(name) && version.find()) {
                latest.merge(name, Integer.valueOf(version.group(1)), Math::max);
            }
        });
    }

    /** Every mark stands in one event at most: in that which was acknowledged. */
    void checkMarks(String when, TrailFile file) {
        Map<String, String> events = new HashMap<>();
        for (TrailFile.Event event : file.events()) {
            var mark = MARK.matcher(event.payload());
            if (mark.find()) {
                assertThat(events.put(mark.group(), event.id())).as("%s: %s is there once", when, mark.group()).isNull();
                assertThat(file.answers()).as("%s: %s has its answer", when, mark.group()).containsEntry(mark.group(),
                        event.id());
            }
        }
        acknowledged.stream().filter(Acknowledged::done)
                .forEach(it -> assertThat(events).as(when).containsEntry(it.key(), it.eventId()));
    }

    private Write next(int writer, Random chance) {
        String key = "mark-%d-%d.".formatted(writer, numbers.incrementAndGet());
        String prompt = "crash/prompt " + chance.nextInt(PROMPTS);
        int version = latest.getOrDefault(prompt, 1);
        String below = Api.prompt(prompt, "/versions/" + version);
        return switch (writer) {
            case 0, 1, 2 -> new Write(key, "erin", Api.prompt(prompt, "/versions"),
                    Map.of("basedOn", version, "content", "Text of " + key, "note", "Why"));
            case 3 -> new Write(key, "rita", below + "/approvals", Map.of("comment", key));
            case 4 -> new Write(key, "dora", Api.prompt(prompt, "/deployments"), Map.of("version",
                    1 + chance.nextInt(version), "environment", chance.nextBoolean() ? "staging" : "production", "reason", key));
            case 5 -> new Write(key, "erin", below + "/comments", Map.of("text", key));
            case 6 -> new Write(key, "erin", below + "/approvals", Map.of("comment", key));
            default -> chance.nextBoolean()
                    ? new Write(key, "rita", below + "/rejections", Map.of("reason", key))
                    : new Write(key, "rita", below + "/rejection-withdrawals", Map.of("reason", key));
        };
    }

    /** Sends the write and remembers what became of it; false when the server is gone. */
    private boolean send(ServerProcess server, Write write) {
        Answer answer;
        try {
            answer = post(server, write);
        } catch (UncheckedIOException gone) {
            unanswered.add(write);
            return false;
        }
        boolean done = answer.status() == 201;
        if (!done && answer.status() != 403 && answer.status() != 409) {
            surprises.add(write + ": " + answer.status() + " " + answer.body());
            return true;
        }
        Integer version = done && answer.body().has("version") ? Integer.valueOf((int) answer.number("version")) : null;
        acknowledged.add(new Acknowledged(write, done, answer.text("eventId"), answer.number("position"), version));
        if (done && write.path().endsWith("/versions")) {
            latest.merge(answer.text("prompt"), (int) answer.number("version"), Math::max);
        }
        return numbers.get() % RECEIPTS != 0 || keepReceipt(server, write, answer);
    }

    /** False when the server is gone: the write was answered, and its receipt was not. */
    private boolean keepReceipt(ServerProcess server, Write write, Answer answer) {
        try {
            receipts.keep(server.as(write.account()), answer.text("eventId"));
            return true;
        } catch (UncheckedIOException gone) {
            return false;
        }
    }

    /** Receipts that writers hold. */
    Receipts receipts() {
        return receipts;
    }

    private static Answer post(ServerProcess server, Write write) {
        return server.as(write.account()).post(write.path(), write.body(), "Idempotency-Key", write.key());
    }
}
