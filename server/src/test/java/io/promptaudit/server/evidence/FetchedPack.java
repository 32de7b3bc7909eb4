package io.promptaudit.server.evidence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.server.trail.TestServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A pack as somebody got it over HTTP. */
record FetchedPack(HttpResponse<byte[]> answer, Map<String, byte[]> members) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Asks for it, as somebody who may. */
    static FetchedPack of(TestServer server, String account, String path, String... headers) {
        HttpResponse<byte[]> answer = server.fetch(account, path, headers);
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        return new FetchedPack(answer, unzipped(answer.body()));
    }

    private static Map<String, byte[]> unzipped(byte[] bytes) {
        var members = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                members.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return members;
    }

    String text(String member) {
        return new String(Objects.requireNonNull(members.get(member), member), StandardCharsets.UTF_8);
    }

    List<JsonNode> events() {
        return text("events.ndjson").lines().map(JSON::readTree).toList();
    }

    JsonNode json(String member) {
        return JSON.readTree(text(member));
    }

    /** Writes its members below a folder. */
    Path unpackTo(Path folder) {
        members.forEach((name, bytes) -> {
            try {
                Path file = folder.resolve(name);
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.write(file, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return folder;
    }
}
