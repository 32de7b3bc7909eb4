package io.promptaudit.server.e2e;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that cannot start says why and what to do, and leaves everything as it was. */
class StartFailuresE2E {
    @TempDir
    private static Path template;
    @TempDir
    private Path folder;

    /** A data folder as a server leaves it after an orderly stop; every test breaks a copy. */
    @BeforeAll
    static void makeData() {
        try (ServerProcess server = Launch.of(template.resolve("data")).start()) {
            create(server.admin().create("erin", Api.grant("editor")), "kept");
            server.stop();
        }
    }

    @Test
    void aSecondServerOnTheSameFolderGivesWay() throws IOException {
        Path data = copy();
        try (ServerProcess first = Launch.of(data).start()) {
            assertThat(failure(data)).contains("Another process has this data folder open", "Stop the other server first",
                    "promptaudit.data-dir");
            create(first.as("erin"), "after-the-second");
            assertThat(first.stop()).as("an orderly stop").isEqualTo(143);
        }
        assertThat(TrailFile.copyOf(data).events()).anyMatch(event -> event.payload().contains("after-the-second"));
    }

    @Test
    void aDatabaseOfANewerVersionIsLeftAlone() throws IOException, SQLException {
        Path data = copy();
        try (var owner = DriverManager.getConnection("jdbc:h2:file:" + data.resolve("trail"), "OWNER", "");
                var statement = owner.createStatement()) {
            statement.executeUpdate("""
                    insert into "flyway_schema_history" ("installed_rank", "version", "description", "type", "script",
                        "checksum", "installed_by", "execution_time", "success")
                    values (9999, '9999', 'from the future', 'SQL', 'V9999__from_the_future.sql', 1, 'OWNER', 1, true)""");
        }
        TrailFile before = TrailFile.copyOf(data);
        assertThat(failure(data)).contains("another version of this server", "Start the version that wrote it");
        // Not its bytes: H2 writes its own bookkeeping whenever it opens a file.
        assertThat(TrailFile.copyOf(data)).isEqualTo(before);
    }

    @Test
    void aKeyThatOthersMayReadIsNotUsed() throws IOException {
        Path data = copy();
        Path key = data.resolve("keys/master.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        TrailFile before = TrailFile.copyOf(data);
        assertThat(failure(data)).contains("others may read the key file " + key, "chmod 600 " + key);
        assertThat(TrailFile.copyOf(data)).isEqualTo(before);
    }

    @Test
    void aLostKeyIsNotReplaced() throws IOException {
        Path data = copy();
        Path key = data.resolve("keys/master.key");
        Files.delete(key);
        var before = digests(data);
        assertThat(failure(data)).contains(key.toString(), "Action:");
        assertThat(digests(data)).isEqualTo(before);
    }

    @Test
    void aFileThatIsNoDatabaseIsLeftAlone() throws IOException {
        Path data = copy();
        Path file = data.resolve(TrailFile.NAME);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, (byte) 'x');
        Files.write(file, bytes);
        var before = digests(data);
        assertThat(failure(data)).contains("The database file is damaged", "restore the newest backup");
        assertThat(digests(data)).isEqualTo(before);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        try (var volume = SmallVolume.in(folder, 64)) {
            Path data = volume.path().resolve("data");
            copyTo(data);
            var before = digests(data);
            volume.makeReadOnly();
            assertThat(failure(data)).contains("the data folder " + data + " cannot be written", "Make the data folder writable");
            Path fresh = volume.path().resolve("fresh");
            assertThat(failure(fresh)).contains("the data folder " + fresh, "Make the data folder writable");
            assertThat(digests(data)).isEqualTo(before);
        }
    }

    @Test
    void aFullFolderIsNamed() throws IOException {
        try (var volume = SmallVolume.in(folder, 64)) {
            Path data = volume.path().resolve("data");
            copyTo(data);
            volume.fill(0);
            assertThat(failure(volume.path().resolve("fresh"))).contains("The data folder cannot be written", "Make room");
            // A database may have room left within its file: then it starts, and the first write that needs more is refused.
            try (ServerProcess server = Launch.of(data).spawn()) {
                assertThat(server.starts() || server.output().contains("Make room")).as(server.output()).isTrue();
            }
            volume.makeRoom();
            try (ServerProcess server = Launch.of(data).start()) {
                create(server.as("erin"), "with-room");
                assertThat(server.as("erin").get(Api.prompt("kept")).status()).isEqualTo(200);
            }
        }
    }

    private String failure(Path data) {
        try (ServerProcess server = Launch.of(data).spawn()) {
            assertThat(server.starts()).as(server.output()).isFalse();
            assertThat(server.awaitEnd()).as(server.output()).isNotZero();
            assertThat(server.output()).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
            return server.output();
        }
    }

    private static void create(Api editor, String name) {
        editor.post("/api/v1/prompts", Map.of("name", name, "type", "text", "content", "Hello", "note", "First")).expect(201);
    }

    private Path copy() throws IOException {
        Path data = folder.resolve("data");
        copyTo(data);
        return data;
    }

    private static void copyTo(Path target) throws IOException {
        Path source = template.resolve("data");
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(target.resolve(source.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, target.resolve(source.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Every file with the digest of its bytes. */
    private static SortedMap<String, String> digests(Path data) throws IOException {
        var digests = new TreeMap<String, String>();
        try (var files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(data.relativize(file).toString(), digest(Files.readAllBytes(file)));
            }
        }
        return digests;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
