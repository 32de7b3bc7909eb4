package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What takes a right away races those who use it: in the one order, nothing stands behind what forbade it. */
class RacesIT {
    private static final int ROUNDS = 12;
    private static final int RACERS = 6;
    private static final String FREE = """
            {"requiredApprovals":0,"authorMayApprove":true,"approverMayDeploy":true,"requiredChecks":[],
             "emergencyAllowed":true,"frozen":null,"reason":"open"}""";
    private static final String FROZEN = FREE.replace("null", "{\"reason\":\"audit\"}").replace("open", "freeze");
    private static final String DEPLOYER = "[{\"role\":\"deployer\",\"prompts\":\"**\",\"environments\":[\"race\"]}]";

    @TempDir
    static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        server.account("erin", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
        server.account("dana", DEPLOYER);
        server.put("admin", "/api/v1/environments/race/policy", FREE);
        for (int racer = 0; racer < RACERS; racer++) {
            server.post("erin", "/api/v1/prompts", """
                    {"name":"race/%d","type":"text","content":"x","note":"n"}""".formatted(racer));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void nothingIsDeployedBehindAFreeze() throws Exception {
        var random = new Random(seed());
        for (int round = 0; round < ROUNDS; round++) {
            race(random, () -> server.put("admin", "/api/v1/environments/race/policy", FROZEN));
            assertThat(server.put("admin", "/api/v1/environments/race/policy", FREE).status()).isEqualTo(200);
        }
        boolean frozen = false;
        for (Event event : events()) {
            if (event.type().equals("ReleasePolicyChanged") && event.target().equals("environment:race")) {
                frozen = event.payload().contains("\"frozen\":{");
            }
            if (event.type().equals("PromptDeployed")) {
                assertThat(frozen).as("deployed at %d in a freeze", event.position()).isFalse();
            }
        }
    }

    @Test
    void nothingIsDeployedBehindARemovedGrant() throws Exception {
        var random = new Random(seed());
        for (int round = 0; round < ROUNDS; round++) {
            race(random, () -> server.put("admin", "/api/v1/accounts/dana/grants", "{\"grants\":[]}"));
            assertThat(server.put("admin", "/api/v1/accounts/dana/grants", "{\"grants\":" + DEPLOYER + "}").status())
                    .isEqualTo(200);
        }
        boolean granted = true;
        for (Event event : events()) {
            if (event.type().equals("GrantsChanged") && event.target().equals("account:dana")) {
                granted = event.payload().contains("deployer");
            }
            if (event.type().equals("PromptDeployed") || event.type().equals("PromptWithdrawn")) {
                assertThat(granted).as("%s at %d without a grant", event.type(), event.position()).isTrue();
            }
        }
    }

    /** Racers deploy and withdraw, each their own prompt, until what forbids it was answered; after that none gets through. */
    private static void race(Random random, Runnable forbid) throws Exception {
        var start = new CountDownLatch(1);
        var running = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int racer = 0; racer < RACERS; racer++) {
                String prompt = "/api/v1/prompts/race%2F" + racer;
                running.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < 6; i++) {
                        server.post("dana", prompt + "/deployments",
                                "{\"version\":1,\"environment\":\"race\",\"reason\":\"go\"}");
                        server.post("dana", prompt + "/withdrawals", "{\"environment\":\"race\",\"reason\":\"back\"}");
                    }
                    return null;
                }));
            }
            int delay = random.nextInt(40);
            running.add(threads.submit(() -> {
                start.await();
                Thread.sleep(delay);
                forbid.run();
                int late = server.post("dana", "/api/v1/prompts/race%2F0/deployments",
                        "{\"version\":1,\"environment\":\"race\",\"reason\":\"late\"}").status();
                assertThat(late).isIn(403, 409);
                return null;
            }));
            start.countDown();
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    private record Event(long position, String type, String target, String payload) {}

    private static List<Event> events() {
        return server.bean(JdbcClient.class).sql("""
                select p.position, e.payload_type, e.aggregate_identifier, e.payload
                from domain_event e join event_position p on p.global_index = e.global_index order by p.position""")
                .query((row, n) -> {
                    String type = row.getString(2);
                    return new Event(row.getLong(1), type.substring(type.lastIndexOf('.') + 1), row.getString(3),
                            JsonMapper.builder().build().readTree(row.getBytes(4)).toString());
                }).list();
    }

    private static long seed() {
        long seed = Long.getLong("promptaudit.seed", System.nanoTime());
        System.out.println("races with -Dpromptaudit.seed=" + seed);
        return seed;
    }
}
