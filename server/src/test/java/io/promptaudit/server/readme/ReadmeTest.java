package io.promptaudit.server.readme;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.server.PromptAuditProperties;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the tables of the README with the code, and the documents' links with the files. */
class ReadmeTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Markdown README = Markdown.of("README.md");

    @Test
    void listsEverySettingAndItsDefault() {
        var listed = new TreeMap<String, String>();
        for (List<String> row : README.table("Configuration")) {
            listed.put(code(row.getFirst()), CODE.matcher(row.get(1)).matches() ? code(row.get(1)) : "");
            assertThat(row.get(2)).as(row.getFirst()).isNotBlank();
        }
        assertThat(listed).isEqualTo(settings("promptaudit", PromptAuditProperties.class));
    }

    /** Every key with its default; an empty one where the code decides. */
    private static Map<String, String> settings(String prefix, Class<?> properties) {
        var settings = new TreeMap<String, String>();
        for (Parameter setting : properties.getDeclaredConstructors()[0].getParameters()) {
            String key = prefix + "." + setting.getName().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
            DefaultValue value = setting.getAnnotation(DefaultValue.class);
            if (setting.getType().isMemberClass()) {
                settings.putAll(settings(key, setting.getType()));
            } else {
                settings.put(key, value == null ? "" : String.join(",", value.value()));
            }
        }
        return settings;
    }

    @Test
    void listsEveryEndpoint() {
        var listed = new TreeSet<String>();
        for (List<String> row : endpointRows()) {
            assertThat(listed.add(code(row.getFirst()))).as("%s is listed once", row.getFirst()).isTrue();
            assertThat(row.subList(1, 3)).as(row.getFirst()).noneMatch(String::isBlank);
        }
        for (String framework : List.of("GET /actuator/health", "GET /actuator/prometheus")) {
            assertThat(listed.remove(framework)).as(framework).isTrue();
        }
        assertThat(listed).isEqualTo(endpoints().keySet());
    }

    /** In the order of the request's record; a question mark stands where a field may be left out. */
    @Test
    void tellsTheFieldsOfEveryBody() {
        var told = new TreeMap<String, String>();
        for (List<String> row : endpointRows()) {
            if (row.size() > 3 && row.getLast().contains("{")) {
                told.put(code(row.getFirst()), code(row.getLast()));
            }
        }
        var taken = new TreeMap<String, String>();
        endpoints().forEach((endpoint, method) -> Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(RequestBody.class))
                .forEach(body -> taken.put(endpoint, fields(body.getType()))));
        assertThat(told).isEqualTo(taken);
    }

    private static String fields(Class<?> body) {
        return Arrays.stream(body.getRecordComponents()).map(field -> field.getName() + (isOptional(field) ? "?" : ""))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static boolean isOptional(RecordComponent field) {
        JsonProperty json = field.getAccessor().getAnnotation(JsonProperty.class);
        return field.getAnnotatedType().isAnnotationPresent(Nullable.class) && (json == null || !json.required());
    }

    /** The required ones of an import's line are asked for by the line itself. */
    @Test
    void namesTheFieldsOfAnImportsLine() throws ClassNotFoundException {
        var line = Class.forName("io.promptaudit.command.importing.ImportLine");
        String told = README.section("Import the shipped history").stream().filter(text -> text.startsWith("`{")).findFirst()
                .orElseThrow();
        assertThat(code(told).replace("?", "")).isEqualTo(fields(line).replace("?", ""));
    }

    /** The rows of both tables, without their heads. */
    private static List<List<String>> endpointRows() {
        return README.table("HTTP API").stream().filter(row -> row.getFirst().startsWith("`")).toList();
    }

    private static Map<String, Method> endpoints() {
        var endpoints = new TreeMap<String, Method>();
        new ClassFileImporter().withImportOption(Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.promptaudit").stream()
                .filter(type -> type.isAnnotatedWith(RestController.class)).map(JavaClass::reflect)
                .forEach(controller -> {
                    RequestMapping above = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
                    for (Method method : controller.getDeclaredMethods()) {
                        endpoints(above, AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class))
                                .forEach(endpoint -> endpoints.put(endpoint, method));
                    }
                });
        return endpoints;
    }

    private static Stream<String> endpoints(@Nullable RequestMapping above, @Nullable RequestMapping mapping) {
        if (mapping == null) {
            return Stream.empty();
        }
        return Arrays.stream(mapping.method()).flatMap(method -> paths(above)
                .flatMap(prefix -> paths(mapping).map(path -> method + " " + prefix + path)));
    }

    private static Stream<String> paths(@Nullable RequestMapping mapping) {
        return mapping == null || mapping.path().length == 0 ? Stream.of("") : Arrays.stream(mapping.path());
    }

    @Test
    void listsEveryModule() throws IOException {
        String pom = Files.readString(Markdown.root().resolve("pom.xml"));
        var modules = Pattern.compile("<module>([^<]+)</module>").matcher(pom).results().map(module -> module.group(1)).toList();
        assertThat(README.section("Modules").stream().filter(line -> line.startsWith("- ")).map(ReadmeTest::code))
                .isEqualTo(modules);
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        Path root = Markdown.root();
        var documents = new ArrayList<>(
                List.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md"), root.resolve("SECURITY.md")));
        try (var files = Files.walk(root.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        for (Path document : documents) {
            List<String> links = LINK.matcher(Files.readString(document)).results().map(link -> link.group(1)).toList();
            assertThat(links).as(document.toString()).allMatch(link -> Files.exists(document.resolveSibling(link)));
        }
    }

    private static String code(String cell) {
        return CODE.matcher(cell).results().findFirst().map((MatchResult code) -> code.group(1))
                .orElseThrow(() -> new AssertionError("no code in " + cell));
    }
}
