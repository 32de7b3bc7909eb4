package io.promptaudit.server.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every attack on the page is done by a test that is there. */
class ThreatsPageTest {
    /** {@code Class} or {@code Class.method}, perhaps on H2 alone, and nothing else, with commas between. */
    private static final Pattern TESTS = Pattern.compile("`\\w+(\\.\\w+)?`( \\(H2\\))?(, `\\w+(\\.\\w+)?`( \\(H2\\))?)*");
    private static final Pattern TEST = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");

    private static List<String> lastColumn() {
        return Markdown.of("docs/threats.md").lines().stream().filter(line -> line.startsWith("|")).skip(2)
                .map(line -> line.substring(line.lastIndexOf('|', line.length() - 2) + 1, line.length() - 1).strip()).toList();
    }

    @Test
    void namesTestsThatExist() throws IOException {
        Map<String, Path> sources = sources();
        assertThat(lastColumn()).hasSizeGreaterThan(20).allSatisfy(cell -> assertThat(cell).matches(TESTS));
        List<MatchResult> named = lastColumn().stream().flatMap(cell -> TEST.matcher(cell).results()).toList();
        assertThat(named).allSatisfy(test -> {
            assertThat(sources).containsKey(test.group(1));
            if (test.group(2) != null) {
                assertThat(text(Objects.requireNonNull(sources.get(test.group(1))))).as(test.group())
                        .contains(" void " + test.group(2) + "(");
            }
        });
    }

    private static Map<String, Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(Markdown.root())) {
            return modules.map(module -> module.resolve(Path.of("src", "test", "java"))).filter(Files::isDirectory)
                    .flatMap(ThreatsPageTest::below).collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""), file -> file, (one, _) -> one));
        }
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*(Test|IT|E2E)\\.java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
