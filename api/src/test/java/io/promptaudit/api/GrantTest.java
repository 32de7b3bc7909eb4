package io.promptaudit.api;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class GrantTest {
    private static final long SEED = Long.getLong("seed", 20261126L);

    @ParameterizedTest
    @CsvSource({"**, intake, true", "**, clinical/a/b, true",
            "clinical/**, clinical/intake, true", "clinical/**, clinical/a/b, true", "clinical/**, clinical, false",
            "clinical/**, clinicals/intake, false", "clinical/**, billing/clinical/intake, false",
            "clinical/*, clinical/intake, true", "clinical/*, clinical/a/b, false", "clinical/*, clinical, false",
            "clinical/intake, clinical/intake, true", "clinical/intake, clinical/intake2, false",
            "clinical/intake, clinical/intake/a, false", "clinical/intake, Clinical/intake, false",
            "*, intake, true", "*, clinical/intake, false",
            "*/intake, clinical/intake, true", "**/intake, a/b/intake, true", "**/intake, intake, false",
            "a/**/z, a/b/c/z, true", "a/**/z, a/z, false",
            // Wildcards only as a whole segment.
            "clin*, clinical, false", "clin*, clin*, true", "a**, ab, false", "a.c, abc, false"})
    void coversWhatItsPatternMatches(String pattern, String prompt, boolean covered) {
        assertThat(new Grant(Role.EDITOR, pattern).covers(prompt)).isEqualTo(covered);
    }

    @Test
    void coversAsARegularExpressionDoes() {
        for (long seed = SEED; seed < SEED + 20_000; seed++) {
            var random = new Random(seed);
            String pattern = segments(random, List.of("a", "b", "*", "**"));
            String prompt = segments(random, List.of("a", "b", "c"));
            String regex = Pattern.compile("/").splitAsStream(pattern).map(segment -> switch (segment) {
                case "*" -> "[^/]+";
                case "**" -> "[^/]+(/[^/]+)*";
                default -> Pattern.quote(segment);
            }).collect(Collectors.joining("/"));
            assertThat(new Grant(Role.VIEWER, pattern).covers(prompt)).as("seed %d: %s covers %s", seed, pattern, prompt)
                    .isEqualTo(prompt.matches(regex));
        }
    }

    @ParameterizedTest
    @CsvSource({"editor **, editor clinical/**, true", "editor clinical/**, editor **, false",
            "editor clinical/**, editor clinical/intake, true", "editor clinical/*, editor clinical/**, false",
            "editor clinical/**, editor clinical/*, true", "editor clinical/**, editor clinical, false",
            "editor a/**/z, editor a/b/**/z, true", "editor a/b/**/z, editor a/**/z, false",
            "editor **, reviewer clinical/intake, false", "editor clinical/**, viewer clinical/*, true",
            "viewer **, editor clinical/intake, false", "auditor **, viewer clinical/**, true",
            "admin **, auditor **, false"})
    void isCoveredByWhatAllowsAllOfIt(String held, String wanted, boolean covered) {
        assertThat(grant(wanted).isCoveredBy(List.of(grant(held)))).isEqualTo(covered);
    }

    @Test
    void isCoveredInEachOfItsEnvironments() {
        var staging = new Grant(Role.DEPLOYER, "**", List.of("staging"));
        var production = new Grant(Role.DEPLOYER, "clinical/**", List.of("production"));
        var both = new Grant(Role.DEPLOYER, "clinical/intake", List.of("staging", "production"));
        assertThat(both.isCoveredBy(List.of(staging, production))).isTrue();
        assertThat(both.isCoveredBy(List.of(staging))).isFalse();
        assertThat(staging.isCoveredBy(List.of())).isFalse();
    }

    /** Were a pattern covered that reaches further, somebody would hold more than they were given. */
    @Test
    void coversNoPatternThatReachesFurther() {
        for (long seed = SEED; seed < SEED + 20_000; seed++) {
            var random = new Random(seed);
            var held = new Grant(Role.EDITOR, segments(random, List.of("a", "b", "*", "**")));
            var wanted = new Grant(Role.EDITOR, segments(random, List.of("a", "b", "*", "**")));
            String prompt = segments(random, List.of("a", "b", "c"));
            if (wanted.isCoveredBy(List.of(held)) && wanted.covers(prompt)) {
                assertThat(held.covers(prompt)).as("seed %d: %s, but not %s, covers %s", seed, wanted, held, prompt).isTrue();
            }
        }
    }

    private static Grant grant(String text) {
        return new Grant(Role.valueOf(text.substring(0, text.indexOf(' ')).toUpperCase(Locale.ROOT)),
                text.substring(text.indexOf(' ') + 1));
    }

    private static String segments(Random random, List<String> of) {
        return IntStream.rangeClosed(0, random.nextInt(5)).mapToObj(i -> of.get(random.nextInt(of.size())))
                .collect(Collectors.joining("/"));
    }

    @Test
    void deploysOnlyInTheEnvironmentsNamed() {
        var caller = caller(new Grant(Role.DEPLOYER, "clinical/**", List.of("staging")),
                new Grant(Role.DEPLOYER, "billing/**", List.of("production")), new Grant(Role.EDITOR, "**"));
        assertThat(caller.deploys("clinical/intake", "staging")).isTrue();
        assertThat(caller.deploys("clinical/intake", "production")).isFalse();
        assertThat(caller.deploys("billing/invoice", "production")).isTrue();
        assertThat(caller.deploys("other", "staging")).isFalse();
    }

    @Test
    void letsEveryRoleSeeItsPatternAndTwoRolesSeeEverything() {
        for (Role role : Role.values()) {
            var caller = caller(new Grant(role, "clinical/**"));
            assertThat(caller.sees("clinical/intake")).as("%s", role).isTrue();
            assertThat(caller.sees("billing/invoice")).as("%s", role).isEqualTo(role == Role.AUDITOR || role == Role.ADMIN);
        }
        assertThat(caller().sees("clinical/intake")).isFalse();
    }

    @Test
    void holdsARoleForWhatItCoversOnly() {
        var caller = caller(new Grant(Role.REVIEWER, "clinical/**"), new Grant(Role.ADMIN, "**"));
        assertThat(caller.holds(Role.REVIEWER, "clinical/intake")).isTrue();
        assertThat(caller.holds(Role.REVIEWER, "billing/invoice")).isFalse();
        assertThat(caller.holds(Role.REVIEWER)).isTrue();
        assertThat(caller.holds(Role.EDITOR)).isFalse();
        assertThat(caller.roles()).containsExactly(Role.REVIEWER, Role.ADMIN);
    }

    @Test
    void neverDoesMoreThanAKeyOrThePersonActedForMay() {
        var own = List.of(new Grant(Role.EDITOR, "**"), new Grant(Role.DEPLOYER, "**", List.of("staging", "production")),
                new Grant(Role.ADMIN, "**"));
        var key = List.of(new Grant(Role.EDITOR, "clinical/**"), new Grant(Role.DEPLOYER, "clinical/**", List.of("staging")));
        var person = List.of(new Grant(Role.DEPLOYER, "**", List.of("staging")), new Grant(Role.VIEWER, "**"));
        var limited = new Caller("bot", AccountKind.AGENT, "ada", own, List.of(key, person), List.of(), "key:k", null);
        assertThat(limited.holds(Role.EDITOR, "clinical/intake")).as("the person is no editor").isFalse();
        assertThat(limited.deploys("clinical/intake", "staging")).isTrue();
        assertThat(limited.deploys("clinical/intake", "production")).isFalse();
        assertThat(limited.deploys("billing/invoice", "staging")).as("the key does not reach there").isFalse();
        assertThat(limited.sees("billing/invoice")).isFalse();
        assertThat(limited.readsEverything()).isFalse();
        assertThat(limited.roles()).containsExactly(Role.DEPLOYER);
    }

    private static Caller caller(Grant... grants) {
        return new Caller("ada", AccountKind.PERSON, null, List.of(grants), "password");
    }
}
