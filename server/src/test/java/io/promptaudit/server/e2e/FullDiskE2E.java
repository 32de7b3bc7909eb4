package io.promptaudit.server.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.server.e2e.Api.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** The disk fills up while the server runs, and nothing stops before it is full. */
class FullDiskE2E {
    private static final int SMALL_WRITES = 20;
    private static final int MOST_LARGE_WRITES = 200;
    private static final String LARGE = "large ".repeat(20_000);

    @TempDir
    private Path folder;

    @Test
    void nothingIsAcknowledgedThatIsLost() throws IOException {
        try (var volume = SmallVolume.in(folder, 64)) {
            Path data = volume.path().resolve("data");
            Map<String, Long> acknowledged = new HashMap<>();
            try (ServerProcess server = Launch.of(data).start()) {
                Api editor = server.admin().create("erin", Api.grant("editor"));
                for (int i = 0; i < SMALL_WRITES; i++) {
                    keep(acknowledged, create(editor, "room/" + i, "Hello").expect(201));
                }
                volume.fill(1 << 20);
                List<Answer> refused = writeUntilFull(editor, acknowledged);
                assertThat(refused).isNotEmpty().allSatisfy(answer -> {
                    assertThat(answer.status()).isIn(500, 503);
                    assertThat(answer.isProblem()).isTrue();
                });
                assertThat(editor.stranger().get("/actuator/health").status()).as("it is not well").isNotEqualTo(200);
                server.kill();
            }
            volume.makeRoom();
            try (ServerProcess server = Launch.of(data).start()) {
                keep(acknowledged, create(server.as("erin"), "room/again", "Hello").expect(201));
                Map<String, Long> recorded = new HashMap<>();
                server.admin().events().forEach(event -> recorded.put(event.get("id").asString(),
                        event.get("position").asLong()));
                assertThat(recorded).containsAllEntriesOf(acknowledged);
                assertThat(recorded.values()).doesNotHaveDuplicates();
            }
        }
    }

    /** Writes on for a while after the first refusal: none of the later ones may be acknowledged and lost either. */
    private static List<Answer> writeUntilFull(Api editor, Map<String, Long> acknowledged) {
        var refused = new ArrayList<Answer>();
        for (int i = 0; i < MOST_LARGE_WRITES && refused.size() < 5; i++) {
            Answer answer = create(editor, "full/" + i, LARGE);
            if (answer.status() == 201) {
                keep(acknowledged, answer);
            } else {
                refused.add(answer);
            }
        }
        return refused;
    }

    private static Answer create(Api editor, String name, String content) {
        return editor.post("/api/v1/prompts", Map.of("name", name, "type", "text", "content", content, "note", "First"));
    }

    private static void keep(Map<String, Long> acknowledged, Answer answer) {
        acknowledged.put(answer.text("eventId"), answer.number("position"));
    }
}
