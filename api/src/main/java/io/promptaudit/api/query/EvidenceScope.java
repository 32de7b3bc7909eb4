package io.promptaudit.api.query;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What an evidence pack holds, of the events that one checkpoint covers.
 *
 * @param prompt whose pack it is; null when it is the whole trail's
 * @param from the beginning of the period, or null
 * @param to the end of the period, after which nothing is in the pack, or null
 * @param checkpoint the signed checkpoint, as it is published
 * @param versions how many versions of each prompt are in it
 * @param streams the ids of everything whose events are in it, from the first one on
 * @param alone the positions of events that stand outside every stream and belong to the prompt; empty in the trail's pack, which
 *     has all those of its period
 */
public record EvidenceScope(@Nullable String prompt, @Nullable Instant from, @Nullable Instant to, String checkpoint,
        Map<String, Integer> versions, Set<String> streams, Set<Long> alone) {}
