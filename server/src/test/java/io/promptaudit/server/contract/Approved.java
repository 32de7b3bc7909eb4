package io.promptaudit.server.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.fail;

/** The approved files: never edited, only added to. */
final class Approved {
    static final Path FOLDER = Path.of("src", "test", "resources", "events");
    static final String NEVER_EDITED = "%nEvents are stored for ever: an approved file is never edited. What must".formatted()
            + " change becomes a new revision (or a new event), with an upcaster and a file of its own.";
    private static final Path PROPOSED = Path.of("target", "events");

    private Approved() {}

    /** The approved text; when there is none, fails and leaves {@code proposal} to be looked at. */
    static String read(String name, String proposal) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        Path proposed = PROPOSED.resolve(name);
        Files.createDirectories(PROPOSED);
        Files.writeString(proposed, proposal + "\n");
        return fail("There is no approved file %s.%nIf this is a new event or revision, look at %s and copy it there.%n%s",
                file, proposed, NEVER_EDITED);
    }
}
