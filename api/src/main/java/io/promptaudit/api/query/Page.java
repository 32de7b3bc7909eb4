package io.promptaudit.api.query;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A part of a list, newest first. A record for each kind of item, because answers are found by their class. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Page<T> {

    /** The items of this part. */
    List<T> items();

    /** Asks for the next part; null when this is the last. */
    @Nullable
    String cursor();

    /** Prompts. */
    record Prompts(List<PromptView> items, @Nullable String cursor) implements Page<PromptView> {}

    /** Versions. */
    record Versions(List<VersionView> items, @Nullable String cursor) implements Page<VersionView> {}

    /** Comments. */
    record Comments(List<CommentView> items, @Nullable String cursor) implements Page<CommentView> {}

    /** Active versions. */
    record Actives(List<ActiveView> items, @Nullable String cursor) implements Page<ActiveView> {}

    /** Deployments. */
    record Deployments(List<DeploymentView> items, @Nullable String cursor) implements Page<DeploymentView> {}

    /** Schedules. */
    record Schedules(List<ScheduleView> items, @Nullable String cursor) implements Page<ScheduleView> {}

    /** Lines of the readable trail. */
    record Trail(List<AuditEntry> items, @Nullable String cursor) implements Page<AuditEntry> {}

    /** Reviews. */
    record Reviews(List<ReviewView> items, @Nullable String cursor) implements Page<ReviewView> {}

    /** Accounts. */
    record Accounts(List<AccountView> items, @Nullable String cursor) implements Page<AccountView> {}

    /** API keys. */
    record Keys(List<KeyView> items, @Nullable String cursor) implements Page<KeyView> {}

    /** Policies. */
    record Policies(List<PolicyView> items, @Nullable String cursor) implements Page<PolicyView> {}

    /** Changes. */
    record Changes(List<ChangeView> items, @Nullable String cursor) implements Page<ChangeView> {}

    /** Views. */
    record Projections(List<ProjectionView> items, @Nullable String cursor) implements Page<ProjectionView> {}
}
