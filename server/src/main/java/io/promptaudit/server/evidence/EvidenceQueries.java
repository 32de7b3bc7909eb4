package io.promptaudit.server.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.api.query.EvidenceQuery;
import io.promptaudit.api.query.EvidenceQuery.ExportPrompt;
import io.promptaudit.api.query.EvidenceQuery.ExportTrail;
import io.promptaudit.api.query.EvidenceScope;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.query.store.PromptEvents;
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.ledger.NotSealed;
import io.promptaudit.server.ledger.PublishedCheckpoints;

/** Answers what an evidence pack holds, as of the newest checkpoint. */
@Component
class EvidenceQueries {
    private static final Set<String> VERSIONS = Set.of(PromptCreated.class.getName(), PromptEdited.class.getName(),
            VersionImported.class.getName());

    private final StoredOrder order;
    private final EventReader reader;
    private final PromptEvents prompts;
    private final PublishedCheckpoints checkpoints;
    private final PromptAuditProperties properties;

    EvidenceQueries(StoredOrder order, EventReader reader, PromptEvents prompts, PublishedCheckpoints checkpoints,
            PromptAuditProperties properties) {
        this.order = order;
        this.reader = reader;
        this.prompts = prompts;
        this.checkpoints = checkpoints;
        this.properties = properties;
    }

    @QueryHandler
    EvidenceScope handle(ExportTrail query) throws IOException {
        SignedNote checkpoint = checkpoint(query);
        var streams = new HashSet<String>();
        var versions = new TreeMap<String, Integer>();
        order.places(size(checkpoint), place -> {
            if (!place.isAlone() && (place.isIn(query.from(), query.to()) || Selection.isDecisive(place.stream()))) {
                streams.add(place.stream());
            }
            count(place, query, versions);
        });
        versions.keySet().removeIf(prompt -> !streams.contains(Place.ofPrompt(prompt)));
        return scope(null, query, checkpoint, versions, streams, Set.of());
    }

    @QueryHandler
    EvidenceScope handle(ExportPrompt query) throws IOException {
        SignedNote checkpoint = checkpoint(query);
        String stream = Place.ofPrompt(query.prompt());
        prompts.last(query.prompt());
        if (!order.has(stream, size(checkpoint))) {
            throw new NotSealed();
        }
        var streams = new HashSet<String>(Set.of(stream));
        var versions = new TreeMap<String, Integer>();
        var alone = new HashSet<Long>();
        var changedBy = new HashMap<String, Set<String>>();
        order.events(size(checkpoint), place -> place.isIn(null, query.to()) && mayConcern(place, stream), placed -> {
            Place place = placed.place();
            ReadEvent read = reader.read(placed);
            if (Selection.isAccount(place.stream())) {
                Set<String> by = changedBy.computeIfAbsent(place.stream(), _ -> new HashSet<>());
                read.actors().map(Selection::ofAccount).forEach(by::add);
                return;
            }
            if (!place.isAlone()) {
                streams.add(place.stream());
                count(place, query, versions);
            } else if (read.isRefusalOf(query.prompt())) {
                alone.add(place.position());
            } else {
                return;
            }
            read.actors().map(Selection::ofAccount).forEach(streams::add);
        });
        addWhoChanged(streams, changedBy);
        if (versions.isEmpty()) {
            throw new UnknownThing("never-existed-then",
                    "Prompt \"%s\" did not exist yet at %s.".formatted(query.prompt(), query.to()));
        }
        return scope(query.prompt(), query, checkpoint, versions, streams, alone);
    }

    /** Whoever changed what an account may do had to be an admin then, by what others had decided. */
    private static void addWhoChanged(Set<String> streams, Map<String, Set<String>> changedBy) {
        var waiting = new ArrayDeque<>(streams);
        while (!waiting.isEmpty()) {
            changedBy.getOrDefault(waiting.remove(), Set.of()).stream().filter(streams::add).forEach(waiting::add);
        }
    }

    private static boolean mayConcern(Place place, String prompt) {
        return place.isAlone()
                ? place.type().equals(CommandRefused.class.getName())
                : place.stream().equals(prompt) || Selection.isDecisive(place.stream());
    }

    private static void count(Place place, EvidenceQuery query, Map<String, Integer> versions) {
        String prompt = Place.promptOf(place.stream());
        if (prompt != null && VERSIONS.contains(place.type()) && place.isIn(null, query.to())) {
            versions.merge(prompt, 1, Integer::sum);
        }
    }

    private static EvidenceScope scope(@Nullable String prompt, EvidenceQuery query, SignedNote checkpoint,
            Map<String, Integer> versions, Set<String> streams, Set<Long> alone) {
        return new EvidenceScope(prompt, query.from(), query.to(), new String(checkpoint.encode(), StandardCharsets.UTF_8),
                versions,
                streams, alone);
    }

    private SignedNote checkpoint(EvidenceQuery query) {
        Instant from = query.from();
        Instant to = query.to();
        if (from != null && to != null && !from.isBefore(to)) {
            throw new InvalidValue("to", "must be later than from");
        }
        Long position = query.position();
        prompts.await(position);
        Optional<SignedNote> checkpoint = position == null || position <= 0
                ? checkpoints.newest()
                : checkpoints.covering(position, properties.ledger().patience());
        return checkpoint.orElseThrow(NotSealed::new);
    }

    private static long size(SignedNote checkpoint) {
        return Checkpoint.parse(checkpoint.text()).size();
    }
}
