package io.promptaudit.query.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.promptaudit.api.Cancellation;
import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.Verdict;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.ApprovalRequested;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.CheckRecorded;
import io.promptaudit.api.event.DeploymentScheduled;
import io.promptaudit.api.event.EmergencyReviewed;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptArchived;
import io.promptaudit.api.event.PromptCommented;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptDescribed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.event.PromptRestored;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.api.event.RejectionWithdrawn;
import io.promptaudit.api.event.ScheduleCancelled;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.query.view.Occurrence;

/** Histories of one prompt that could have happened, drawn at random. */
final class RandomTrail {
    static final String PROMPT = "clinical/intake";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random;
    private final List<RecordedEvent> events = new ArrayList<>();
    private final Map<Integer, List<String>> approvals = new HashMap<>();
    private final Map<Integer, List<String>> rejections = new HashMap<>();
    private final Map<String, ActiveDeployment> active = new HashMap<>();
    private final Map<String, PromptDeployed> debts = new HashMap<>();
    private final List<String> schedules = new ArrayList<>();
    private int versions = 1;

    private RandomTrail(Random random) {
        this.random = random;
    }

    static List<RecordedEvent> of(Random random, int length) {
        var trail = new RandomTrail(random);
        trail.add(random.nextBoolean()
                ? new PromptCreated(PROMPT, PromptType.TEXT, new Content.Text("one"), Map.of("model", "m"), "first", "d1",
                        "Title", null, null, List.of("a"))
                : imported(1));
        while (trail.events.size() < length) {
            trail.step();
        }
        return trail.events;
    }

    private void step() {
        int version = 1 + random.nextInt(versions);
        String environment = random.nextBoolean() ? "staging" : "production";
        switch (random.nextInt(16)) {
            case 0 -> add(new PromptEdited(PROMPT, ++versions, versions - 1, PromptType.TEXT,
                    new Content.Text("text " + versions), Map.of(), "note", "d" + versions));
            case 1 -> add(imported(++versions));
            case 2 -> add(new PromptDescribed(PROMPT, random.nextBoolean() ? "Other" : null,
                    random.nextBoolean() ? "" : "Words", null, random.nextBoolean() ? List.of() : List.of("b", "c")));
            case 3 -> add(new ApprovalRequested(PROMPT, version, null, List.of("rita")));
            case 4 -> approvals.computeIfAbsent(version, _ -> new ArrayList<>())
                    .add(add(new PromptApproved(PROMPT, version, "d" + version, "good", null)));
            case 5 -> rejections.computeIfAbsent(version, _ -> new ArrayList<>())
                    .add(add(new PromptRejected(PROMPT, version, "no")));
            case 6 -> revoke(version);
            case 7 -> withdrawRejections(version);
            case 8 -> add(new CheckRecorded(PROMPT, version, "evals", CheckOutcome.PASSED, null, null));
            case 9 -> add(new PromptCommented(PROMPT, version, "hm"));
            case 10 -> deploy(version, environment);
            case 11 -> rollBack(version, environment);
            case 12 -> withdraw(environment);
            case 13 -> schedules.add(add(new DeploymentScheduled(PROMPT, version, environment, "d" + version,
                    START.plusSeconds(100_000), "later", null)));
            case 14 -> {
                if (!schedules.isEmpty()) {
                    add(new ScheduleCancelled(PROMPT, version, environment, schedules.removeLast(), Cancellation.PERSON, null,
                            null, null));
                }
            }
            default -> review();
        }
        if (random.nextInt(20) == 0) {
            add(random.nextBoolean() ? new PromptArchived(PROMPT, "old") : new PromptRestored(PROMPT, "again"));
        }
    }

    private void revoke(int version) {
        var standing = approvals.remove(version);
        if (standing != null) {
            add(new ApprovalRevoked(PROMPT, version, standing, "second thoughts"));
        }
    }

    private void withdrawRejections(int version) {
        var standing = rejections.remove(version);
        if (standing != null) {
            add(new RejectionWithdrawn(PROMPT, version, standing, "fixed"));
        }
    }

    private void deploy(int version, String environment) {
        boolean emergency = random.nextInt(3) == 0;
        String schedule = emergency || schedules.isEmpty() ? null : schedules.removeFirst();
        var event = new PromptDeployed(PROMPT, version, environment, "d" + version, "go", emergency ? "T-1" : null,
                emergency, 1, List.of(), List.of(), active.get(environment), schedule);
        String id = add(event);
        active.put(environment, new ActiveDeployment(version, id));
        if (emergency) {
            debts.put(id, event);
        }
    }

    private void rollBack(int version, String environment) {
        var replaced = active.get(environment);
        if (replaced != null) {
            String id = add(new PromptRolledBack(PROMPT, version, environment, "d" + version, "back", 1,
                    replaced.deployment(), replaced));
            active.put(environment, new ActiveDeployment(version, id));
        }
    }

    private void withdraw(String environment) {
        var ended = active.remove(environment);
        if (ended != null) {
            add(new PromptWithdrawn(PROMPT, ended.version(), environment, ended.deployment(), "stop"));
        }
    }

    private void review() {
        debts.entrySet().stream().min(Map.Entry.comparingByKey()).ifPresent(debt -> {
            debts.remove(debt.getKey());
            var event = debt.getValue();
            add(new EmergencyReviewed(PROMPT, event.version(), event.environment(), debt.getKey(), Verdict.GOOD, "fine"));
        });
    }

    private static PromptEvent imported(int version) {
        return new VersionImported(PROMPT, version, PromptType.TEXT, new Content.Text("text " + version), Map.of(), "note",
                "d" + version, version == 1 ? "Imported" : null, "somebody", "2020-01-01T00:00:00Z", "abc");
    }

    private String add(PromptEvent event) {
        long number = events.size();
        String id = "event-%05d".formatted(number);
        var actor = new Occurrence.Actor("account-" + random.nextInt(4), "person",
                random.nextBoolean() ? null : "person-" + random.nextInt(4), null, null, null, null, null);
        events.add(new RecordedEvent(event, number,
                new Occurrence(event, number + 1, id, START.plusSeconds(number), actor)));
        return id;
    }
}
