package io.promptaudit.command.prompt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.ApprovalRequested;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.CheckRecorded;
import io.promptaudit.api.event.CountedApproval;
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
import io.promptaudit.command.trail.Actor;

/** What one prompt remembers between commands: enough to decide, and nothing else. Changed by events only. */
final class PromptFacts {
    private final List<VersionFacts> versions;
    private final Map<String, EnvironmentFacts> environments;
    private final Set<String> imported;
    private boolean archived;
    private ScheduleFacts schedules;

    PromptFacts() {
        this(List.of(), Map.of(), false, ScheduleFacts.NONE);
    }

    PromptFacts(List<VersionFacts> versions, Map<String, EnvironmentFacts> environments, boolean archived,
            ScheduleFacts schedules) {
        this.versions = new ArrayList<>(versions);
        this.environments = new TreeMap<>(environments);
        this.archived = archived;
        this.schedules = schedules;
        this.imported = new HashSet<>();
        for (VersionFacts version : versions) {
            if (version.imported() != null) {
                imported.add(version.imported());
            }
        }
    }

    boolean archived() {
        return archived;
    }

    int latest() {
        return versions.size();
    }

    boolean has(int version) {
        return version >= 1 && version <= versions.size();
    }

    VersionFacts version(int number) {
        return versions.get(number - 1);
    }

    List<VersionFacts> versions() {
        return versions;
    }

    EnvironmentFacts in(String environment) {
        return environments.getOrDefault(environment, EnvironmentFacts.NOTHING);
    }

    Map<String, EnvironmentFacts> environments() {
        return environments;
    }

    ScheduleFacts schedules() {
        return schedules;
    }

    boolean knowsImport(String recognition) {
        return imported.contains(recognition);
    }

    /** Whether it was properly released, and neither rejected nor revoked since. */
    boolean isProper(Release release) {
        return release.isProper(version(release.version()));
    }

    /**
     * The names of who wrote the version, and of who wrote one after the release in force there or, where that is not proper, the
     * last proper one before it.
     */
    Set<String> authorsSinceRelease(String environment, int version) {
        int released = in(environment).standing().stream().filter(this::isProper).map(Release::version).findFirst().orElse(0);
        return versions.subList(Math.min(released, version - 1), version).stream().map(VersionFacts::author)
                .flatMap(author -> author.names().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    void apply(PromptEvent event, EventMessage<?> message) {
        String id = message.getIdentifier();
        Actor actor = Actor.of(message.getMetaData());
        switch (event) {
            case PromptCreated e -> versions.add(VersionFacts.draft(actor, e.digest(), null));
            case PromptEdited e -> versions.add(VersionFacts.draft(actor, e.digest(), null));
            case VersionImported e -> {
                String recognition = Imports.recognition(e.claimedAt(), e.claimedAuthor(), e.digest());
                versions.add(VersionFacts.draft(actor, e.digest(), recognition));
                imported.add(recognition);
            }
            case PromptDescribed _,PromptCommented _ -> {
            }
            case ApprovalRequested e -> change(e.version(), VersionFacts::reviewRequested);
            case PromptApproved e -> change(e.version(), facts -> facts.approved(new Signature(id, actor,
                    message.getTimestamp(), e.meaning(), orNone(e.roles()), orNone(e.groups()), e.authenticatedAt())));
            case PromptRejected e -> change(e.version(), facts -> facts.rejected(new Signature(id, actor,
                    message.getTimestamp(), null, List.of(), List.of(), null)));
            case ApprovalRevoked e -> change(e.version(), facts -> facts.withoutApprovals(e.approvals()));
            case RejectionWithdrawn e -> change(e.version(), facts -> facts.withoutRejections(e.rejections()));
            case CheckRecorded e ->
                change(e.version(), facts -> facts.checked(e.name(), new VersionFacts.Check(id, e.outcome())));
            case PromptDeployed e -> {
                environments.put(e.environment(), in(e.environment()).deployed(
                        new Release(id, e.version(), actor, e.emergency(),
                                e.approvals().stream().map(CountedApproval::approval).toList(), null)));
                if (e.schedule() != null) {
                    schedules = schedules.without(e.schedule());
                }
            }
            case DeploymentScheduled e -> schedules = schedules.with(id,
                    new Schedule(e.version(), e.environment(), e.reason(), e.ticket(), actor));
            case ScheduleCancelled e -> schedules = schedules.without(e.schedule());
            case PromptRolledBack e -> environments.put(e.environment(),
                    in(e.environment()).rolledBack(new ActiveDeployment(e.version(), id), e.restores()));
            case PromptWithdrawn e -> environments.put(e.environment(), in(e.environment()).withdrawn());
            case EmergencyReviewed e ->
                environments.put(e.environment(), in(e.environment()).judged(e.deployment(), e.verdict()));
            case PromptArchived _ -> archived = true;
            case PromptRestored _ -> archived = false;
        }
    }

    private void change(int version, UnaryOperator<VersionFacts> how) {
        versions.set(version - 1, how.apply(version(version)));
    }

    /** Old events say nothing of roles and groups: then nobody had any. */
    private static <T> List<T> orNone(@Nullable List<T> said) {
        return said == null ? List.of() : said;
    }
}
