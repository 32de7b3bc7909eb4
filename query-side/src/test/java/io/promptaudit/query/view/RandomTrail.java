package io.promptaudit.query.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Cancellation;
import io.promptaudit.api.ChatMessage;
import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.Content;
import io.promptaudit.api.CredentialKind;
import io.promptaudit.api.Grant;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.SignInRefusal;
import io.promptaudit.api.Verdict;
import io.promptaudit.api.VersionState;
import io.promptaudit.api.event.AccountClosed;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountDescribed;
import io.promptaudit.api.event.AccountLocked;
import io.promptaudit.api.event.AccountUnlocked;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.ApprovalRequested;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.CheckRecorded;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.ContentRead;
import io.promptaudit.api.event.CountedApproval;
import io.promptaudit.api.event.DelegateAllowed;
import io.promptaudit.api.event.DelegateWithdrawn;
import io.promptaudit.api.event.DeploymentScheduled;
import io.promptaudit.api.event.EmergencyReviewed;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.GroupsChanged;
import io.promptaudit.api.event.KeyCreated;
import io.promptaudit.api.event.KeyRevoked;
import io.promptaudit.api.event.KeyRotated;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.api.event.PolicyChangeDeclined;
import io.promptaudit.api.event.PolicyChangeProposed;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptArchived;
import io.promptaudit.api.event.PromptCommented;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptDescribed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.event.PromptRestored;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.api.event.RejectionWithdrawn;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.api.event.ScheduleCancelled;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.api.event.VersionImported;

/** Appends random events that may follow each other, and keeps a plain model of what they mean. */
final class RandomTrail {
    static final List<String> ENVIRONMENTS = List.of("staging", "production");
    private static final List<String> PEOPLE = List.of("ann", "bob", "cyd");
    private static final List<String> FOLDERS = List.of("clinical/", "legal/", "");

    private final Random random;
    private final Trail trail;
    private final Map<String, Model> prompts = new LinkedHashMap<>();
    private final Map<String, Long> revisions = new TreeMap<>();
    private final List<String> accounts = new ArrayList<>();

    RandomTrail(long seed, Trail trail) {
        this.random = new Random(seed);
        this.trail = trail;
        ENVIRONMENTS.forEach(this::policy);
    }

    /** What the events say about one prompt. */
    static final class Model {
        int latest;
        final Map<Integer, Set<String>> approvals = new HashMap<>();
        final Map<Integer, Set<String>> rejections = new HashMap<>();
        final Set<Integer> requested = new LinkedHashSet<>();
        /** By environment, what was active from when on; a null deployment for nothing. */
        final Map<String, List<Span>> spans = new HashMap<>();
        final List<Released> released = new ArrayList<>();
        /** Those pending, oldest first. */
        final Deque<String> scheduled = new ArrayDeque<>();
        boolean archived;

        VersionState state(int version) {
            if (!rejections.getOrDefault(version, Set.of()).isEmpty()) {
                return VersionState.REJECTED;
            }
            if (!approvals.getOrDefault(version, Set.of()).isEmpty()) {
                return VersionState.APPROVED;
            }
            return requested.contains(version) ? VersionState.IN_REVIEW : VersionState.DRAFT;
        }

        @Nullable
        Span active(String environment, @Nullable Instant at) {
            Span active = null;
            for (var span : spans.getOrDefault(environment, List.of())) {
                if (at == null || !span.from().isAfter(at)) {
                    active = span;
                }
            }
            return active == null || active.deployment() == null ? null : active;
        }
    }

    record Span(Instant from, int version, @Nullable String deployment) {}

    record Released(String environment, int version, String deployment, boolean emergency) {}

    Map<String, Model> prompts() {
        return prompts;
    }

    Instant someMoment() {
        return Trail.START.plusMillis(random.nextLong(Math.max(1, Duration.between(Trail.START, trail.now()).toMillis()) + 3000));
    }

    void append(int events) {
        for (long end = trail.end() + events; trail.end() < end;) {
            step();
        }
    }

    private void step() {
        if (prompts.isEmpty() || random.nextInt(12) == 0) {
            create();
            return;
        }
        String name = pick(List.copyOf(prompts.keySet()));
        var model = java.util.Objects.requireNonNull(prompts.get(name));
        int version = 1 + random.nextInt(model.latest);
        switch (random.nextInt(20)) {
            case 0, 1 -> edit(name, model);
            case 2 -> add(new PromptDescribed(name, maybe("Title " + random.nextInt(9)), maybe(""), maybe("owner"),
                    random.nextBoolean() ? null : tags()));
            case 3, 4 -> {
                add(new ApprovalRequested(name, version, maybe("please"), random.nextBoolean() ? List.of() : List.of("bob")));
                model.requested.add(version);
            }
            case 5, 6 -> model.approvals.computeIfAbsent(version, _ -> new LinkedHashSet<>())
                    .add(add(new PromptApproved(name, version, "sha256:x", maybe("fine"), null)));
            case 7 -> model.rejections.computeIfAbsent(version, _ -> new LinkedHashSet<>())
                    .add(add(new PromptRejected(name, version, "no")));
            case 8 -> {
                var standing = model.approvals.getOrDefault(version, new LinkedHashSet<>());
                var some = standing.stream().filter(_ -> random.nextBoolean()).toList();
                add(new ApprovalRevoked(name, version, some, "wrong"));
                some.forEach(standing::remove);
            }
            case 9 -> {
                var standing = model.rejections.getOrDefault(version, new LinkedHashSet<>());
                add(new RejectionWithdrawn(name, version, List.copyOf(standing), "settled"));
                standing.clear();
            }
            case 10 -> add(new CheckRecorded(name, version, "bias", random.nextBoolean()
                    ? CheckOutcome.PASSED
                    : CheckOutcome.FAILED, null, null));
            case 11 -> add(new PromptCommented(name, version, "remark\0 " + random.nextInt()));
            case 12, 13 -> deploy(name, model, version);
            case 14 -> rollBackOrWithdraw(name, model);
            case 15 -> add(model.archived ? new PromptRestored(name, "back") : new PromptArchived(name, "done"), () -> {
                model.archived = !model.archived;
            });
            case 16 -> policy(pick(ENVIRONMENTS));
            case 17 -> model.scheduled.add(add(new DeploymentScheduled(name, version, pick(ENVIRONMENTS), "sha256:x",
                    trail.now().plusSeconds(60), "later", maybe("T-2"))));
            case 18 -> {
                var pending = model.scheduled.poll();
                if (pending != null) {
                    add(new ScheduleCancelled(name, version, pick(ENVIRONMENTS), pending, Cancellation.RULE, Rule.FROZEN, 1L,
                            maybe("frozen")));
                }
            }
            default -> others(name, model);
        }
    }

    private void create() {
        String name = pick(FOLDERS) + "p" + prompts.size();
        var model = new Model();
        model.latest = 1;
        if (random.nextInt(3) == 0) {
            add(new VersionImported(name, 1, PromptType.TEXT, text(), config(), "note", "sha256:x", maybe("Imported"), "Ada",
                    "2019-05-01", maybe("abc123")));
        } else {
            add(new PromptCreated(name, PromptType.CHAT, new Content.Chat(List.of(ChatMessage.of("system", "Be %d".formatted(
                    random.nextInt())), ChatMessage.placeholder("history"))), config(), "first", "sha256:x", maybe("A title"),
                    null, null, tags()));
        }
        prompts.put(name, model);
    }

    private void edit(String name, Model model) {
        int before = model.latest++;
        if (random.nextInt(4) == 0) {
            add(new VersionImported(name, model.latest, PromptType.TEXT, text(), config(), "note", "sha256:x", maybe("Later"),
                    "Ada", "2019-05-02", null));
            return;
        }
        add(new PromptEdited(name, model.latest, before, PromptType.TEXT, text(), config(), "edit", "sha256:x"));
    }

    private void deploy(String name, Model model, int version) {
        String environment = pick(ENVIRONMENTS);
        boolean emergency = random.nextInt(5) == 0;
        String schedule = emergency ? null : model.scheduled.poll();
        String id = add(new PromptDeployed(name, version, environment, "sha256:x", "release", maybe("T-1"), emergency, 1,
                List.of(new CountedApproval("a", "bob")), List.of(), replaced(model, environment), schedule));
        model.released.add(new Released(environment, version, id, emergency));
        span(model, environment, version, id);
    }

    private void rollBackOrWithdraw(String name, Model model) {
        if (model.released.isEmpty()) {
            return;
        }
        var target = pick(model.released);
        String environment = target.environment();
        var active = model.active(environment, null);
        if (active != null && random.nextBoolean()) {
            add(new PromptWithdrawn(name, active.version(), environment,
                    java.util.Objects.requireNonNull(active.deployment()), "gone"));
            span(model, environment, 0, null);
            return;
        }
        String id = add(new PromptRolledBack(name, target.version(), environment, "sha256:x", "back", 1, target.deployment(),
                replaced(model, environment)));
        span(model, environment, target.version(), id);
    }

    private void others(String name, Model model) {
        switch (random.nextInt(7)) {
            case 4 -> proposal();
            case 0 -> {
                String account = "account-" + accounts.size();
                add(new AccountCreated(account, AccountKind.PERSON, null, "sealed:" + account, true, List.of()));
                accounts.add(account);
            }
            case 1 -> {
                if (!accounts.isEmpty()) {
                    String account = pick(accounts);
                    add(pick(List.of(new PasswordSet(account),
                            new GrantsChanged(account, List.of(new Grant(Role.DEPLOYER, "**", List.of("staging")))),
                            new GroupsChanged(account, List.of("nurses")), new AccountDescribed(account, "sealed again"),
                            new AccountLocked(account, "lost"), new AccountUnlocked(account, "found"),
                            new AccountClosed(account, "left"), new DelegateAllowed(account, "ci", trail.now()),
                            new DelegateAllowed(account, "bot", null), new DelegateWithdrawn(account, "ci"))));
                    keys(account);
                }
            }
            case 2 -> add(new SignInRefused(accounts.isEmpty() ? null : pick(accounts), CredentialKind.PASSWORD,
                    SignInRefusal.WRONG_CREDENTIAL, 1));
            case 3 -> add(new CommandRefused("ApprovePrompt", "prompt:" + name, name, 1, null, Rule.AUTHOR_MAY_NOT_APPROVE,
                    "Authors do not approve.", null));
            case 5 -> add(new ContentRead(name, List.of(1), "FindVersion", null));
            default -> model.released.stream().filter(Released::emergency).findAny()
                    .ifPresent(debt -> add(new EmergencyReviewed(name, debt.version(), debt.environment(), debt.deployment(),
                            Verdict.GOOD, "fine")));
        }
    }

    private void keys(String account) {
        String key = "pk-" + account + "-" + random.nextInt();
        add(new KeyCreated(account, key, "laptop", trail.now(), null));
        switch (random.nextInt(3)) {
            case 0 -> add(new KeyRotated(account, key, trail.now(), key + "-next", null));
            case 1 -> add(new KeyRevoked(account, key));
            default -> add(new PasswordSet(account));
        }
    }

    private void policy(String environment) {
        long revision = revisions.merge(environment, 1L, Long::sum);
        add(new ReleasePolicyChanged(environment, revision, policy(), "because"));
    }

    private ReleasePolicy policy() {
        return new ReleasePolicy(random.nextInt(3), false, true, List.of("bias"), true,
                random.nextInt(4) == 0 ? new ReleasePolicy.Freeze("audit") : null);
    }

    /** A policy that waits, and perhaps what became of it. */
    private void proposal() {
        String environment = pick(ENVIRONMENTS);
        long revision = java.util.Objects.requireNonNull(revisions.get(environment));
        var policy = policy();
        String change = add(new PolicyChangeProposed(environment, revision, policy, "because"));
        if (random.nextBoolean()) {
            add(random.nextBoolean()
                    ? new PolicyChangeDeclined(environment, change, "ann", "no")
                    : new ReleasePolicyChanged(environment, revisions.merge(environment, 1L, Long::sum), policy, "because",
                            change, "ann", null));
        }
    }

    private void span(Model model, String environment, int version, @Nullable String id) {
        var spans = model.spans.computeIfAbsent(environment, _ -> new ArrayList<>());
        var at = trail.now();
        var from = spans.isEmpty() || !at.isBefore(spans.getLast().from()) ? at : spans.getLast().from();
        spans.add(new Span(from, version, id));
    }

    private static @Nullable ActiveDeployment replaced(Model model, String environment) {
        var active = model.active(environment, null);
        return active == null || active.deployment() == null ? null : new ActiveDeployment(active.version(), active.deployment());
    }

    private void add(TrailEvent event, Runnable then) {
        add(event);
        then.run();
    }

    /** Mostly later, sometimes in the same millisecond, rarely by a clock that lags. */
    private String add(TrailEvent event) {
        long millis = switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> -1500;
            default -> 1 + random.nextInt(5000);
        };
        return Trail.id(
                trail.append(pick(PEOPLE), random.nextBoolean() ? null : pick(PEOPLE), event, trail.now().plusMillis(millis)));
    }

    private Content text() {
        return new Content.Text("text 😀\r\n{{x}} \0 " + random.nextInt(1000) + "y".repeat(random.nextInt(2000)));
    }

    private Map<String, Object> config() {
        return random.nextBoolean() ? Map.of() : Map.of("temperature", random.nextInt(10) / 10.0);
    }

    private List<String> tags() {
        return List.of("t1", "t2", "t3", "t3").subList(random.nextInt(2), 1 + random.nextInt(4) / 2 + random.nextInt(2) + 1);
    }

    private @Nullable String maybe(String text) {
        return random.nextBoolean() ? text : null;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
