package io.promptaudit.server.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the page on security names must be there. Its tables of who may do what are compared where those are tested. */
class SecurityPageTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT|E2E))`");
    private static final Markdown PAGE = Markdown.of("docs/security.md");

    @Test
    void namesTestsThatExist() throws IOException {
        Set<String> named = TEST.matcher(String.join("\n", PAGE.lines())).results().map(test -> test.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(20).isSubsetOf(tests());
    }

    private static Set<String> tests() throws IOException {
        var tests = new TreeSet<String>();
        for (String module : List.of("api", "command-side", "query-side", "server")) {
            try (var files = Files.walk(Markdown.root().resolve(module).resolve(Path.of("src", "test", "java")))) {
                files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                        .forEach(name -> tests.add(name.replace(".java", "")));
            }
        }
        return tests;
    }

    @Test
    void answersEveryRiskOfTheList() {
        assertThat(PAGE.table("OWASP API Security Top 10 (2023)").stream().map(List::getFirst))
                .zipSatisfy(IntStream.rangeClosed(1, 10).mapToObj("API%d "::formatted).toList(),
                        (row, risk) -> assertThat(row).startsWith(risk));
        assertThat(PAGE.table("OWASP API Security Top 10 (2023)")).allSatisfy(row -> assertThat(row.get(1)).isNotBlank());
    }

    @Test
    void isFoundFromTheReadme() {
        String readme = String.join("\n", Markdown.of("README.md").lines());
        List<String> links = Pattern.compile("\\]\\(([^)]+)\\)").matcher(readme).results()
                .map((MatchResult link) -> link.group(1))
                .toList();
        assertThat(links).contains("SECURITY.md", "docs/security.md");
    }
}
