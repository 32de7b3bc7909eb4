package io.promptaudit.ledger.policy;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.VerifierKey;

/**
 * A checkpoint that a policy accepts.
 *
 * @param checkpoint what the log claims
 * @param logKeys the log's keys that signed it; at least one
 * @param witnesses who cosigned it, and when
 */
public record TrustedCheckpoint(Checkpoint checkpoint, Set<VerifierKey> logKeys, Map<VerifierKey, Instant> witnesses) {}
