package io.promptaudit.query.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Grant;
import io.promptaudit.api.Role;
import io.promptaudit.api.event.ContentRead;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.api.query.ActiveView;
import io.promptaudit.api.query.EvidenceQuery.ExportPrompt;
import io.promptaudit.api.query.EvidenceQuery.ExportTrail;
import io.promptaudit.api.query.EvidenceScope;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.Query;
import io.promptaudit.api.query.ReplayedPrompt;
import io.promptaudit.api.query.StoreQuery.CompareVersions;
import io.promptaudit.api.query.StoreQuery.ListStoredEvents;
import io.promptaudit.api.query.StoreQuery.ReplayPrompt;
import io.promptaudit.api.query.StoredEvent;
import io.promptaudit.api.query.StoredEventPage;
import io.promptaudit.api.query.VersionView;
import io.promptaudit.api.query.ViewQuery.FindAccount;
import io.promptaudit.api.query.ViewQuery.FindActive;
import io.promptaudit.api.query.ViewQuery.FindActiveTag;
import io.promptaudit.api.query.ViewQuery.FindChange;
import io.promptaudit.api.query.ViewQuery.FindPolicy;
import io.promptaudit.api.query.ViewQuery.FindPrompt;
import io.promptaudit.api.query.ViewQuery.FindVersion;
import io.promptaudit.api.query.ViewQuery.ListAccounts;
import io.promptaudit.api.query.ViewQuery.ListActive;
import io.promptaudit.api.query.ViewQuery.ListChanges;
import io.promptaudit.api.query.ViewQuery.ListComments;
import io.promptaudit.api.query.ViewQuery.ListDeployments;
import io.promptaudit.api.query.ViewQuery.ListEmergencies;
import io.promptaudit.api.query.ViewQuery.ListEnvironments;
import io.promptaudit.api.query.ViewQuery.ListKeys;
import io.promptaudit.api.query.ViewQuery.ListProjections;
import io.promptaudit.api.query.ViewQuery.ListPrompts;
import io.promptaudit.api.query.ViewQuery.ListReviews;
import io.promptaudit.api.query.ViewQuery.ListSchedules;
import io.promptaudit.api.query.ViewQuery.ListVersions;
import io.promptaudit.api.query.ViewQuery.ReadHistory;
import io.promptaudit.api.query.ViewQuery.RebuildProjection;
import io.promptaudit.api.query.ViewQuery.ReconcileProjection;
import io.promptaudit.api.query.ViewQuery.SearchAudit;
import io.promptaudit.api.query.ViewQuery.WhoAmI;

import static java.util.Map.entry;

/** Whose content is in an answer, as far as reading it is to be recorded. Content is what a version says: its text and its config. */
final class AuditedReads {
    private static final List<String> WITH_CONTENT = Stream.of(PromptCreated.class, PromptEdited.class, VersionImported.class)
            .map(Class::getName).toList();

    private final List<Grant> patterns;

    /** @param patterns of the names of prompts whose reads are recorded, as grants have them */
    AuditedReads(List<String> patterns) {
        this.patterns = patterns.stream().map(pattern -> new Grant(Role.VIEWER, pattern)).toList();
    }

    /** What is to be put on record before this answer is given; nothing where no pattern covers what it holds. */
    List<ContentRead> in(Query query, Object answer) {
        return patterns.isEmpty() ? List.of() : reads(query, content(query, answer), environment(query));
    }

    private List<ContentRead> reads(Query query, Stream<Map.Entry<String, List<Integer>>> content, @Nullable String environment) {
        var versions = new LinkedHashMap<String, List<Integer>>();
        content.filter(given -> patterns.stream().anyMatch(pattern -> pattern.covers(given.getKey())))
                .forEach(given -> versions.computeIfAbsent(given.getKey(), _ -> new ArrayList<>()).addAll(given.getValue()));
        return versions.entrySet().stream().map(given -> new ContentRead(given.getKey(), List.copyOf(given.getValue()),
                query.getClass().getSimpleName(), environment)).toList();
    }

    private static @Nullable String environment(Query query) {
        return query instanceof FindActive one ? one.environment() : query instanceof ListActive all ? all.environment() : null;
    }

    private static Stream<Map.Entry<String, List<Integer>>> content(Query query, Object answer) {
        return switch (query) {
            case FindVersion q -> Stream.of(entry(q.prompt(), List.of(q.version())));
            case ListVersions _ -> ((Page.Versions) answer).items().stream().map(AuditedReads::given);
            case FindActive _ -> Stream.of(given((ActiveView) answer));
            case ListActive _ -> ((Page.Actives) answer).items().stream().map(AuditedReads::given);
            case CompareVersions q -> Stream.of(entry(q.prompt(), IntStream.of(q.from(), q.to()).distinct().boxed().toList()));
            case ReplayPrompt q -> Stream.of(entry(q.prompt(),
                    ((ReplayedPrompt) answer).versions().stream().map(ReplayedPrompt.Version::version).toList()));
            case ListStoredEvents q -> ((StoredEventPage) answer).items().stream()
                    .filter(event -> WITH_CONTENT.contains(event.type())).map(event -> entry(q.prompt(), version(event)));
            case ExportPrompt _,ExportTrail _ -> ((EvidenceScope) answer).versions().entrySet().stream()
                    .map(given -> entry(given.getKey(), IntStream.rangeClosed(1, given.getValue()).boxed().toList()));
            // Names, titles, notes, reasons and remarks, but nothing of what a version says.
            case ListPrompts _,FindPrompt _,ListComments _,FindActiveTag _,ListDeployments _,ListEmergencies _ -> Stream.of();
            case ListSchedules _,ReadHistory _,SearchAudit _,ListReviews _,ListAccounts _,FindAccount _,ListKeys _,WhoAmI _ ->
                Stream.of();
            case ListChanges _,FindChange _,ListEnvironments _,FindPolicy _,ListProjections _,RebuildProjection _,ReconcileProjection _ ->
                Stream.of();
        };
    }

    private static Map.Entry<String, List<Integer>> given(VersionView version) {
        return entry(version.prompt(), List.of(version.version()));
    }

    private static Map.Entry<String, List<Integer>> given(ActiveView active) {
        return entry(active.prompt(), List.of(active.version()));
    }

    /** The version a stored event makes; the first says no number. */
    private static List<Integer> version(StoredEvent event) {
        if (event.type().equals(PromptCreated.class.getName())) {
            return List.of(1);
        }
        return event.readable().payload() instanceof Map<?, ?> payload && payload.get("version") instanceof Number version
                ? List.of(version.intValue())
                : List.of();
    }
}
