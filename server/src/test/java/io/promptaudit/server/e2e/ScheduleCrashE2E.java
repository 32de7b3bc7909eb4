package io.promptaudit.server.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server is killed with {@code kill -9} while it executes many schedules of the same moment. In the file it leaves, each is
 * either executed or pending, never both and never neither; the next start executes the rest.
 */
class ScheduleCrashE2E {
    private static final int SCHEDULES = 150;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void noScheduleIsLostOrExecutedTwice() {
        Launch launch = Launch.of(folder.resolve("data"));
        List<String> schedules = killWhileExecuting(launch);
        TrailFile left = TrailFile.copyOf(launch.data());
        for (String schedule : schedules) {
            boolean isPending = left.schedules().contains(schedule);
            assertThat(ends(left, schedule)).as("%s, which is %s", schedule, isPending ? "pending" : "over")
                    .isEqualTo(isPending ? 0 : 1);
        }
        System.out.printf("killed with %d of %d schedules pending%n", left.schedules().size(), SCHEDULES);
        try (ServerProcess server = launch.start()) {
            Awaitility.await().atMost(PATIENCE)
                    .until(() -> server.admin().all("/api/v1/schedules?state=done").size() == SCHEDULES);
            server.stop();
        }
        TrailFile file = TrailFile.copyOf(launch.data());
        assertThat(file.schedules()).isEmpty();
        assertThat(schedules).allSatisfy(schedule -> assertThat(ends(file, schedule)).isEqualTo(1));
    }

    private static List<String> killWhileExecuting(Launch launch) {
        try (ServerProcess server = launch.start()) {
            Api erin = server.admin().create("erin", Api.grant("editor"), Api.grant("deployer", "staging"));
            for (int i = 0; i < SCHEDULES; i++) {
                erin.post("/api/v1/prompts", Map.of("name", "crash/" + i, "type", "text", "content", "Hello", "note", "n"))
                        .expect(201);
            }
            // Far enough ahead that all are there by then, on any machine.
            Instant at = Instant.now().plusSeconds(20);
            var schedules = new ArrayList<String>();
            for (int i = 0; i < SCHEDULES; i++) {
                schedules.add(erin.post(Api.prompt("crash/" + i, "/schedules"),
                        Map.of("version", 1, "environment", "staging", "at", at.toString(), "reason", "at night")).expect(201)
                        .text("schedule"));
            }
            Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10))
                    .until(() -> !server.admin().get("/api/v1/schedules?state=done&limit=1").body().path("items").isEmpty());
            server.kill();
            return schedules;
        }
    }

    /** How many events say that the schedule is over. */
    private static long ends(TrailFile file, String schedule) {
        return file.events().stream().filter(event -> event.payload().contains("\"schedule\":\"" + schedule + "\"")).count();
    }
}
