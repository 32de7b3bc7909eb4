package io.promptaudit.server.trail;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.query.Query;
import io.promptaudit.api.query.Slice;
import io.promptaudit.server.readme.Markdown;
import io.promptaudit.server.trail.TestServer.Answer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Every query, asked of the whole server by every role, inside and outside its pattern, and by callers whose key or person narrows
 * what they may. What is right stands in docs/security.md.
 */
class QueryMatrixIT {
    private static final String IN = "clinical/intake";
    private static final String OUT = "hidden/plan";
    private static final String NONE = "hidden/none";
    private static final List<String> PATTERNS = List.of("**", "clinical/**", "clinical/*", IN, "clinical", IN + "/**",
            "billing/**");
    private static final Set<String> COVERING = Set.of("**", "clinical/**", "clinical/*", IN);

    @TempDir
    static Path folder;
    private static TestServer server;
    private static String change = "";

    /** The words of the document, and what they mean. */
    private enum Who {
        VIEWER("viewer of the prompt"), SEEN("anyone, of prompts they are viewer of"), ACCOUNT(
                "auditor, admin; others of themselves"), READER("auditor, admin"), LISTED(
                        "auditor, admin; others an empty list"), ANYONE("anyone"), ADMIN("admin"), PROMPT_EXPORTER(
                                "auditor, admin; other viewers of the prompt are refused"), TRAIL_EXPORTER(
                                        "auditor, admin; others are refused");

        private final String words;

        Who(String words) {
            this.words = words;
        }

        static Who of(String words) {
            return Arrays.stream(values()).filter(who -> who.words.equals(words)).findFirst()
                    .orElseThrow(() -> new AssertionError("docs/security.md says \"" + words + "\", which no test knows"));
        }
    }

    /** A caller, and what it is right that they see: the prompt inside their pattern, the one outside, everything, as an admin. */
    private record Asker(String name, Caller caller, boolean inside, boolean outside, boolean everything, boolean admin) {}

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        EveryWrite.accounts(server);
        made("rita", "/api/v1/accounts/rita/keys", "{\"name\":\"laptop\"}");
        for (String prompt : List.of(IN, OUT)) {
            String path = "/api/v1/prompts/" + TestServer.segment(prompt);
            made("/api/v1/prompts", "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"one\",\"note\":\"n\"}".formatted(prompt));
            made(path + "/versions", "{\"basedOn\":1,\"content\":\"two\",\"note\":\"n\"}");
            made(path + "/versions/1/comments", "{\"text\":\"t\"}");
            made(path + "/versions/1/approval-requests", "{\"reviewers\":[\"rita\"]}");
            made(path + "/schedules", """
                    {"version":1,"environment":"staging","at":"%s","reason":"r"}"""
                    .formatted(Instant.now().plus(Duration.ofDays(9))));
            made(path + "/deployments", """
                    {"version":1,"environment":"staging","reason":"r","ticket":"T-1","emergency":true}""");
        }
        // Of two admins, one proposes and the other confirms.
        server.account("ada", "[{\"role\":\"admin\"}]");
        change = server.put("admin", "/api/v1/environments/staging/policy", """
                {"requiredApprovals":1,"authorMayApprove":false,"approverMayDeploy":true,"requiredChecks":[],
                 "emergencyAllowed":true,"frozen":null,"reason":"stricter"}""").at("change");
        assertThat(change).isNotEmpty();
        assertThat(server.get("admin", "/api/v1/projections", "Audit-Position", Long.toString(server.head())).status())
                .isEqualTo(200);
    }

    private static void made(String path, String body) {
        made("wanda", path, body);
    }

    private static void made(String account, String path, String body) {
        Answer answer = server.post(account, path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void hasAPlaceForEveryQuery() {
        assertThat(table().keySet()).as("write a new query into docs/security.md, as the design says who may ask it")
                .containsExactlyInAnyOrderElementsOf(queries(Query.class).map(Class::getSimpleName).toList());
    }

    private static Map<String, Who> table() {
        return Markdown.of("docs/security.md").table("Who may ask what").stream().collect(
                Collectors.toMap(row -> row.getFirst().replace("`", ""), row -> Who.of(row.get(1))));
    }

    @TestFactory
    Stream<DynamicTest> isAnsweredAsTheDocumentSays() {
        var table = table();
        return queries(Query.class).flatMap(type -> Stream.concat(byRole(), byLimits()).map(asker -> DynamicTest.dynamicTest(
                type.getSimpleName() + " asked by " + asker.name(),
                () -> check(type, requireNonNull(table.get(type.getSimpleName())), asker))));
    }

    private static Stream<Asker> byRole() {
        return Arrays.stream(Role.values()).flatMap(role -> PATTERNS.stream().map(pattern -> {
            boolean everything = role == Role.AUDITOR || role == Role.ADMIN;
            var grant = new Grant(role, pattern, role == Role.DEPLOYER ? List.of("staging") : List.of());
            return new Asker(role.id() + " of " + pattern, caller(List.of(grant)), everything || COVERING.contains(pattern),
                    everything || pattern.equals("**"), everything, role == Role.ADMIN);
        }));
    }

    private static Stream<Asker> byLimits() {
        var wide = List.of(new Grant(Role.EDITOR, "**"), new Grant(Role.VIEWER, "hidden/**"));
        var admin = List.of(new Grant(Role.ADMIN, "**"));
        var auditor = List.of(new Grant(Role.AUDITOR, "billing/**"));
        var clinic = List.of(new Grant(Role.VIEWER, "clinical/**"));
        return Stream.of(
                new Asker("nobody in particular", caller(List.of()), false, false, false, false),
                new Asker("an editor with a narrow key", caller(wide, List.of(clinic)), true, false, false, false),
                new Asker("a viewer with a wide key", caller(clinic, List.of(wide)), true, false, false, false),
                new Asker("a viewer with an auditor's key", caller(clinic, List.of(auditor)), true, false, false, false),
                new Asker("an admin with a narrow key", caller(admin, List.of(clinic)), true, false, false, false),
                new Asker("an auditor with a narrow key", caller(auditor, List.of(clinic)), true, false, false, false),
                new Asker("an admin with an admin's key", caller(admin, List.of(admin)), true, true, true, true),
                new Asker("an admin with an auditor's key", caller(admin, List.of(auditor)), true, true, true, false),
                new Asker("an editor with a key for nothing", caller(wide, List.of(List.of())), false, false, false, false),
                new Asker("an editor whose key and person differ",
                        caller(wide, List.of(clinic, List.of(new Grant(Role.EDITOR, "hidden/**")))),
                        false, false, false, false));
    }

    private static Caller caller(List<Grant> grants) {
        return caller(grants, List.of());
    }

    /** @param limits what the key allows, and what the person acted for */
    private static Caller caller(List<Grant> grants, List<List<Grant>> limits) {
        return new Caller("casey", AccountKind.PERSON, null, grants, limits, List.of(), "key", null);
    }

    private static void check(Class<? extends Query> type, Who who, Asker asker) {
        Function<String, Query> about = prompt -> sample(type, asker.caller(), prompt);
        switch (who) {
            case VIEWER -> {
                assertAnswered(about.apply(IN), asker.inside());
                assertAnswered(about.apply(OUT), asker.outside());
                assertAnswered(about.apply(NONE), false);
            }
            case SEEN -> {
                String answer = ask(about.apply(IN));
                assertThat(answer.contains(IN)).as(answer).isEqualTo(asker.inside());
                assertThat(answer.contains(OUT)).as(answer).isEqualTo(asker.outside());
            }
            case ACCOUNT -> {
                if (isAbout(type, "account")) {
                    assertAnswered(about.apply(IN), asker.everything());
                } else {
                    assertThat(ask(about.apply(IN)).contains("rita")).isEqualTo(asker.everything());
                }
            }
            case READER -> assertAnswered(about.apply(IN), asker.everything());
            case LISTED -> {
                String answer = ask(about.apply(IN));
                assertThat(answer.contains(change)).isEqualTo(asker.everything());
                assertThat(answer.contains("\"items\":[]")).isNotEqualTo(asker.everything());
            }
            case ANYONE -> assertThat(ask(about.apply(IN))).doesNotContain(OUT);
            case ADMIN -> assertGiven(about.apply(IN), asker.admin());
            case TRAIL_EXPORTER -> assertGiven(about.apply(IN), asker.everything());
            case PROMPT_EXPORTER -> {
                if (asker.inside()) {
                    assertGiven(about.apply(IN), asker.everything());
                } else {
                    assertAnswered(about.apply(IN), false);
                }
                // Who may see any prompt there could be is refused before anybody looks whether it is there.
                if (asker.outside() && !asker.everything()) {
                    assertGiven(about.apply(NONE), false);
                } else {
                    assertAnswered(about.apply(NONE), false);
                }
            }
        }
    }

    private static void assertGiven(Query query, boolean given) {
        if (given) {
            assertThatCode(() -> ask(query)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> ask(query)).isInstanceOfSatisfying(CommandRejected.class,
                    rejected -> assertThat(rejected.rule()).isEqualTo(Rule.MISSING_GRANT));
        }
    }

    private static boolean isAbout(Class<? extends Query> type, String what) {
        return Arrays.stream(type.getRecordComponents()).anyMatch(component -> component.getName().equals(what));
    }

    private static void assertAnswered(Query query, boolean answered) {
        if (answered) {
            assertThat(ask(query)).isNotEmpty();
        } else {
            assertThatThrownBy(() -> ask(query)).isInstanceOfSatisfying(UnknownThing.class,
                    unknown -> assertThat(unknown.type()).isIn("prompt-not-found", "account-not-found", "change-not-found"));
        }
    }

    @Test
    void tellsEverybodyOfThemselves() {
        var rita = new Caller("rita", AccountKind.PERSON, null, List.of(), "password");
        var table = table();
        queries(Query.class).filter(type -> table.get(type.getSimpleName()) == Who.ACCOUNT)
                .forEach(type -> assertThat(ask(sample(type, rita, IN))).contains("rita").doesNotContain("wanda"));
    }

    /** The answer as JSON. */
    private static String ask(Query query) {
        try {
            Object answer = server.bean(QueryGateway.class).query(query, ResponseTypes.instanceOf(Object.class)).get();
            return JsonMapper.shared().writeValueAsString(answer);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** The records that a sealed type permits, however deep. */
    private static Stream<Class<? extends Query>> queries(Class<?> of) {
        return of.isRecord()
                ? Stream.of(of.asSubclass(Query.class))
                : Arrays.stream(of.getPermittedSubclasses()).flatMap(QueryMatrixIT::queries);
    }

    private static Query sample(Class<? extends Query> type, Caller caller, String prompt) {
        var types = new ArrayList<Class<?>>();
        var values = new ArrayList<@Nullable Object>();
        for (RecordComponent component : type.getRecordComponents()) {
            types.add(component.getType());
            values.add(component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    ? null
                    : value(component, caller, prompt));
        }
        try {
            return type.getDeclaredConstructor(types.toArray(Class<?>[]::new)).newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no sample of " + type, e);
        }
    }

    private static Object value(RecordComponent component, Caller caller, String prompt) {
        return switch (component.getName()) {
            case "caller" -> caller;
            case "prompt" -> prompt;
            case "environment" -> "staging";
            case "account" -> "rita";
            case "change" -> change;
            case "view" -> "catalogue";
            case "slice" -> new Slice(Slice.MOST, null);
            case "version", "from", "limit" -> 1;
            case "to" -> 2;
            default -> throw new AssertionError("say in this test what the " + component + " of a query may be");
        };
    }
}
