package io.promptaudit.server.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shipped history of real prompts: one JSON object a line, oldest first. */
final class History {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private History() {}

    /** Its lines as they are. */
    static List<String> lines() {
        try (var in = Files.newInputStream(Path.of("../demo/community-prompts.jsonl.gz"));
                var reader = new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            // Not lines(): a text may hold what Java, unlike JSON, takes for the end of a line.
            var lines = new ArrayList<String>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its lines say. */
    static List<JsonNode> revisions() {
        return lines().stream().map(JSON::readTree).toList();
    }
}
