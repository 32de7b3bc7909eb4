package io.promptaudit.query.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.promptaudit.api.VersionState;
import io.promptaudit.api.event.ApprovalRequested;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.DeploymentScheduled;
import io.promptaudit.api.event.EmergencyReviewed;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.api.event.RejectionWithdrawn;
import io.promptaudit.api.event.ScheduleCancelled;
import io.promptaudit.api.query.ReplayedPrompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PromptReplayTest {

    @Test
    void countsOneMoreEventLikeAllOfThemFromTheStart() {
        for (long seed = 0; seed < 40; seed++) {
            var events = RandomTrail.of(new Random(seed), 120);
            var incremental = new PromptReplay();
            for (int n = 0; n < events.size(); n++) {
                incremental.apply(events.get(n));
                assertThat(incremental.state()).as("seed %d, event %d", seed, n)
                        .isEqualTo(fold(events.subList(0, n + 1)));
            }
        }
    }

    @Test
    void agreesWithTheDefinitionsReadOffTheWholeHistory() {
        for (long seed = 100; seed < 160; seed++) {
            var random = new Random(seed);
            var events = RandomTrail.of(random, 20 + random.nextInt(200));
            var state = fold(events);
            assertThat(states(state)).as("seed %d", seed).isEqualTo(statesByDefinition(events, state.latestVersion()));
            assertThat(active(state)).as("seed %d", seed).isEqualTo(activeByDefinition(events));
            assertThat(state.emergencies()).as("seed %d", seed).extracting(ReplayedPrompt.Emergency::deployment)
                    .containsExactlyElementsOf(debtsByDefinition(events));
            assertThat(state.schedules()).as("seed %d", seed).extracting(ReplayedPrompt.Schedule::schedule)
                    .containsExactlyElementsOf(schedulesByDefinition(events));
            assertThat(state.sequence()).isEqualTo(events.size() - 1);
            assertThat(state.position()).isEqualTo(events.getLast().when().position());
        }
    }

    @Test
    void endsADeploymentWhenTheNextBeginsThere() {
        for (long seed = 200; seed < 230; seed++) {
            var state = fold(RandomTrail.of(new Random(seed), 150));
            var open = state.deployments().stream().filter(deployment -> deployment.until() == null)
                    .map(ReplayedPrompt.Deployment::deployment).toList();
            assertThat(open).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(
                    state.active().stream().map(ReplayedPrompt.Active::deployment).toList());
            for (var deployment : state.deployments()) {
                var replaced = deployment.replaced();
                if (replaced != null) {
                    assertThat(state.deployments()).as("seed %d", seed)
                            .filteredOn(other -> other.deployment().equals(replaced.deployment())).singleElement()
                            .extracting(ReplayedPrompt.Deployment::until).isEqualTo(deployment.since());
                }
            }
        }
    }

    @Test
    void refusesAHistoryThatSpeaksOfAVersionNobodyMade() {
        var events = RandomTrail.of(new Random(1), 1);
        var replay = new PromptReplay();
        replay.apply(events.getFirst());
        var stray = new RecordedEvent(new PromptRejected(RandomTrail.PROMPT, 7, "no"), 1, events.getFirst().when());
        assertThatThrownBy(() -> replay.apply(stray)).hasMessage("no event made version 7");
    }

    private static ReplayedPrompt fold(List<RecordedEvent> events) {
        var replay = new PromptReplay();
        events.forEach(replay::apply);
        return replay.state();
    }

    private static List<String> schedulesByDefinition(List<RecordedEvent> events) {
        var ended = new HashSet<String>();
        for (var recorded : events) {
            if (recorded.event() instanceof PromptDeployed e && e.schedule() != null) {
                ended.add(e.schedule());
            } else if (recorded.event() instanceof ScheduleCancelled e) {
                ended.add(e.schedule());
            }
        }
        return events.stream().filter(recorded -> recorded.event() instanceof DeploymentScheduled)
                .map(recorded -> recorded.when().id()).filter(id -> !ended.contains(id)).toList();
    }

    private static Map<Integer, VersionState> states(ReplayedPrompt state) {
        var states = new TreeMap<Integer, VersionState>();
        state.versions().forEach(version -> states.put(version.version(), version.state()));
        return states;
    }

    private static Map<Integer, VersionState> statesByDefinition(List<RecordedEvent> events, int latest) {
        var ended = new HashSet<String>();
        var approved = new HashMap<Integer, Set<String>>();
        var rejected = new HashMap<Integer, Set<String>>();
        var requested = new HashSet<Integer>();
        for (var recorded : events) {
            String id = recorded.when().id();
            switch (recorded.event()) {
                case PromptApproved e -> approved.computeIfAbsent(e.version(), _ -> new HashSet<>()).add(id);
                case PromptRejected e -> rejected.computeIfAbsent(e.version(), _ -> new HashSet<>()).add(id);
                case ApprovalRevoked e -> ended.addAll(e.approvals());
                case RejectionWithdrawn e -> ended.addAll(e.rejections());
                case ApprovalRequested e -> requested.add(e.version());
                default -> {
                    // Says nothing about a review.
                }
            }
        }
        var states = new TreeMap<Integer, VersionState>();
        for (int version = 1; version <= latest; version++) {
            boolean standing = !ended.containsAll(approved.getOrDefault(version, Set.of()));
            boolean blocked = !ended.containsAll(rejected.getOrDefault(version, Set.of()));
            states.put(version, blocked
                    ? VersionState.REJECTED
                    : standing
                            ? VersionState.APPROVED
                            : requested.contains(version) ? VersionState.IN_REVIEW : VersionState.DRAFT);
        }
        return states;
    }

    private static Map<String, String> active(ReplayedPrompt state) {
        var active = new TreeMap<String, String>();
        state.active().forEach(there -> active.put(there.environment(), there.version() + " " + there.deployment()));
        return active;
    }

    private static Map<String, String> activeByDefinition(List<RecordedEvent> events) {
        var last = new TreeMap<String, String>();
        for (var recorded : events) {
            String id = recorded.when().id();
            switch (recorded.event()) {
                case PromptDeployed e -> last.put(e.environment(), e.version() + " " + id);
                case PromptRolledBack e -> last.put(e.environment(), e.version() + " " + id);
                case PromptWithdrawn e -> last.remove(e.environment());
                default -> {
                    // Says nothing about what is active.
                }
            }
        }
        return last;
    }

    private static List<String> debtsByDefinition(List<RecordedEvent> events) {
        var reviewed = new HashSet<String>();
        events.forEach(recorded -> {
            if (recorded.event() instanceof EmergencyReviewed e) {
                reviewed.add(e.deployment());
            }
        });
        return events.stream().filter(recorded -> recorded.event() instanceof PromptDeployed e && e.emergency())
                .map(recorded -> recorded.when().id()).filter(id -> !reviewed.contains(id)).toList();
    }
}
