package io.promptaudit.query.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.Grant;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.EnvironmentEvent;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.api.event.TrailEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract with subscribers. The approved files are never edited; a new type brings a new file. */
class PublicEventsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Caller AUDITOR = new Caller("otto", AccountKind.PERSON, null,
            List.of(new Grant(Role.AUDITOR, Grant.EVERY_PROMPT)), "password");

    @Test
    void areWhatWasApproved() throws IOException {
        var seen = new TreeSet<String>();
        for (CloudEvent event : published()) {
            String file = event.type() + ".json";
            seen.add(file);
            JsonNode actual = JSON.readTree(JSON.writeValueAsString(event));
            assertThat(approved(file)).as("%s should be%n%s", file, actual.toPrettyString()).isEqualTo(actual);
        }
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/feed"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(seen);
        }
    }

    @Test
    void ofAPolicyTellWhatElseItAsksFor() {
        var trail = new InMemoryTrail();
        var noon = Instant.parse("2026-12-24T12:00:00Z");
        trail.add(new ReleasePolicyChanged("production", 1, new ReleasePolicy(1, false, true, List.of(), true, null, true,
                List.of(new ReleasePolicy.Slot(Role.AUDITOR, null, 1), new ReleasePolicy.Slot(null, "medical", 2)),
                Duration.ofMinutes(15), List.of(new ReleasePolicy.FreezeWindow(noon, noon.plusSeconds(60), "holidays"))),
                "strict"));
        var event = new Feed(trail).page(AUDITOR, 0, 1).items().getFirst();
        assertThat(JSON.readTree(JSON.writeValueAsString(event)).get("data")).isEqualTo(JSON.readTree("""
                {"environment":"production","revision":1,"requiredApprovals":1,"authorMayApprove":false,
                 "approverMayDeploy":true,"requiredChecks":[],"emergencyAllowed":true,"frozen":null,"reason":"strict",
                 "authorsSinceRelease":true,"approvals":[{"role":"auditor","count":1},{"group":"medical","count":2}],
                 "reauthenticateWithin":"PT15M","freezeWindows":[{"from":"2026-12-24T12:00:00Z",
                 "until":"2026-12-24T12:01:00Z","reason":"holidays"}]}"""));
    }

    @Test
    void areThereForEveryKindOfEvent() {
        var sampled = new HashSet<Class<?>>();
        Samples.all().forEach(event -> sampled.add(event.getClass()));
        assertThat(sampled).isEqualTo(leaves(TrailEvent.class));
    }

    @Test
    void neverHoldContentOrSealedDetails() throws IOException {
        for (CloudEvent event : published()) {
            assertThat(JSON.writeValueAsString(event)).doesNotContain(Samples.SECRET);
        }
    }

    @Test
    void haveOnlyAttributeNamesThatCloudEventsAllows() {
        for (CloudEvent event : published()) {
            assertThat(JSON.readTree(JSON.writeValueAsString(event)).propertyNames()).allMatch(name -> name.matches("[a-z0-9]+"));
        }
    }

    @Test
    void ofARefusalAboutNoPromptNameItsTarget() {
        var trail = new InMemoryTrail();
        trail.add(new CommandRefused("ChangeGrants", "account:cora", null, null, null, Rule.MISSING_GRANT, "No.", null));
        var event = new Feed(trail).page(AUDITOR, 0, 1).items().getFirst();
        assertThat(event.subject()).isEqualTo("cora");
        assertThat(JSON.readTree(JSON.writeValueAsString(event)).get("data").propertyNames())
                .containsExactlyInAnyOrder("command", "target", "rule", "detail");
    }

    @Test
    void nameThePersonThatWasActedFor() {
        var trail = new InMemoryTrail();
        trail.add(new PasswordSet("cora"), "grace");
        var event = new Feed(trail).page(AUDITOR, 0, 1).items().getFirst();
        var json = JSON.readTree(JSON.writeValueAsString(event));
        assertThat(json.get("actor").asString()).isEqualTo("ada");
        assertThat(json.get("onbehalfof").asString()).isEqualTo("grace");
    }

    @Test
    void ofAScheduledDeploymentNameItsSchedule() {
        var trail = new InMemoryTrail();
        trail.add(new PromptDeployed("p", 1, "staging", "sha256:01", "at night", null, false, 1, List.of(), List.of(), null,
                "event-8"));
        var event = new Feed(trail).page(AUDITOR, 0, 1).items().getFirst();
        assertThat(JSON.readTree(JSON.writeValueAsString(event)).get("data").get("schedule").asString()).isEqualTo("event-8");
    }

    /** Fields that came later are there only where they say something, so that what was approved stays as it is. */
    @Test
    void ofAConfirmedChangeNameItAndWhoProposedIt() {
        var trail = new InMemoryTrail();
        trail.add(new ReleasePolicyChanged("production", 2, new ReleasePolicy(0, true, true, List.of(), true, null), "r",
                "event-3", "root", "fine"));
        trail.add(new GrantsChanged("cora", List.of(), "event-4", "root", null));
        for (CloudEvent event : new Feed(trail).page(AUDITOR, 0, 2).items()) {
            var data = JSON.readTree(JSON.writeValueAsString(event)).get("data");
            assertThat(data.get("confirms").asString()).startsWith("event-");
            assertThat(data.get("proposedBy").asString()).isEqualTo("root");
        }
    }

    /** What is in force is for everyone; what somebody would like is not. */
    @Test
    void ofProposalsAreForWhoReadsEverything() {
        var trail = new InMemoryTrail();
        Samples.all().stream().filter(event -> event instanceof EnvironmentEvent).forEach(trail::add);
        var stranger = new Caller("sam", AccountKind.PERSON, null, List.of(), "password");
        assertThat(new Feed(trail).page(stranger, 0, 10).items()).extracting(CloudEvent::type)
                .containsExactly("io.promptaudit.environment.policy-changed.v1");
        assertThat(new Feed(trail).page(AUDITOR, 0, 10).items()).hasSize(3);
    }

    private static List<CloudEvent> published() {
        return Samples.all().stream().map(event -> {
            var trail = new InMemoryTrail();
            trail.add(event);
            return new Feed(trail).page(AUDITOR, 0, 1).items().getFirst();
        }).toList();
    }

    private static @Nullable JsonNode approved(String file) throws IOException {
        try (InputStream json = PublicEventsTest.class.getResourceAsStream("/feed/" + file)) {
            return json == null ? null : JSON.readTree(json);
        }
    }

    private static Set<Class<?>> leaves(Class<?> type) {
        var leaves = new HashSet<Class<?>>();
        var permitted = type.getPermittedSubclasses();
        if (permitted == null) {
            leaves.add(type);
        } else {
            for (Class<?> each : permitted) {
                leaves.addAll(leaves(each));
            }
        }
        return leaves;
    }
}
