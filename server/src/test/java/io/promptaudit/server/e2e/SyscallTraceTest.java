package io.promptaudit.server.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.promptaudit.server.e2e.SyscallTrace.Acknowledged;

import static org.assertj.core.api.Assertions.assertThat;

class SyscallTraceTest {
    private static final String WRITE = "7 pwrite64(5</data/trail.mv.db>, \"..mark-1..\", 10, 4096) = 10\n";
    private static final String FORCE = "7 fsync(5</data/trail.mv.db>) = 0\n";
    private static final String ANSWER = "9 write(44<TCPv6:[[::ffff:127.0.0.1]:80->[::ffff:127.0.0.1]:51]>, "
            + "\"HTTP/1.1 201 \\r\\nRequest-Id: r-1\\r\\n\", 30) = 30\n";

    private static final String LEAF = "7 pwrite64(5</data/trail.mv.db>, \"..\\\"eventId\\\":\\\"e-1\\\"..\", 10, 4096) = 10\n";
    private static final String KEEP = "8 write(9</data/checkpoints/checkpoint.1>, \"name/epoch-1\\n7\\nroot\\n\", 20) = 20\n";
    private static final String KEPT = "8 fsync(9</data/checkpoints/checkpoint.1>) = 0\n";
    private static final Acknowledged ACKNOWLEDGED = new Acknowledged("mark-1", "r-1", "e-1", 7);

    @Test
    void passesAnAnswerAfterTheCheckpointAfterTheLeaf() {
        assertThat(unsealed(LEAF + FORCE + KEEP + KEPT + ANSWER)).isEmpty();
        assertThat(unsealed(LEAF + KEEP.replace("n7", "n6") + FORCE + KEEP + KEPT + ANSWER)).isEmpty();
    }

    @Test
    void findsASealBeforeTheLeafIsOnDisk() {
        assertThat(unsealed(LEAF + KEEP + KEPT + FORCE + ANSWER)).hasValueSatisfying(it -> assertThat(it).contains("leaf"));
        assertThat(unsealed(FORCE + LEAF + KEEP + KEPT + ANSWER)).hasValueSatisfying(it -> assertThat(it).contains("leaf"));
        assertThat(unsealed(LEAF + KEEP.replace("n7", "n8") + FORCE + KEEP + KEPT + ANSWER)).isPresent();
    }

    @Test
    void findsAnAnswerBeforeTheSeal() {
        assertThat(unsealed(LEAF + FORCE + ANSWER + KEEP + KEPT)).hasValueSatisfying(it -> assertThat(it).contains("answered"));
        assertThat(unsealed(LEAF + FORCE + KEEP + ANSWER + KEPT)).hasValueSatisfying(it -> assertThat(it).contains("answered"));
        assertThat(unsealed(LEAF + FORCE + ANSWER)).hasValueSatisfying(it -> assertThat(it).contains("no checkpoint"));
    }

    @Test
    void passesAnAnswerAfterTheForceAfterTheWrite() {
        assertThat(violation(WRITE + FORCE + ANSWER)).isEmpty();
    }

    @Test
    void passesCallsThatOtherThreadsInterrupt() {
        assertThat(violation("""
                7 pwrite64(5</data/trail.mv.db>, "..mark-1..", 10, 4096 <unfinished ...>
                8 write(1<pipe:[1]>, "x", 1) = 1
                7 <... pwrite64 resumed>) = 10
                7 fdatasync(5</data/trail.mv.db> <unfinished ...>
                8 write(1<pipe:[1]>, "x", 1) = 1
                7 <... fdatasync resumed>) = 0
                """ + ANSWER)).isEmpty();
    }

    @Test
    void findsAnAnswerWithoutForce() {
        assertThat(violation(WRITE + ANSWER)).hasValueSatisfying(it -> assertThat(it).contains("forced"));
    }

    @Test
    void findsAForceBeforeTheWrite() {
        assertThat(violation(FORCE + WRITE + ANSWER)).hasValueSatisfying(it -> assertThat(it).contains("forced"));
    }

    @Test
    void findsAForceAfterTheAnswer() {
        assertThat(violation(WRITE + ANSWER + FORCE)).hasValueSatisfying(it -> assertThat(it).contains("forced"));
    }

    @Test
    void findsAForceThatBeganBeforeTheWriteEnded() {
        assertThat(violation("""
                7 pwrite64(5</data/trail.mv.db>, "..mark-1..", 10, 4096 <unfinished ...>
                8 fsync(5</data/trail.mv.db> <unfinished ...>
                7 <... pwrite64 resumed>) = 10
                8 <... fsync resumed>) = 0
                """ + ANSWER)).hasValueSatisfying(it -> assertThat(it).contains("forced"));
    }

    @Test
    void findsAForceThatEndedAfterTheAnswerBegan() {
        assertThat(violation(WRITE + "7 fsync(5</data/trail.mv.db> <unfinished ...>\n" + ANSWER
                + "7 <... fsync resumed>) = 0\n")).hasValueSatisfying(it -> assertThat(it).contains("forced"));
    }

    @Test
    void findsAForceThatFailedOrWasOfAnotherFile() {
        assertThat(violation(WRITE + "7 fsync(5</data/trail.mv.db>) = -1 EIO (Input/output error)\n" + ANSWER)).isPresent();
        assertThat(violation(WRITE + "7 fsync(6</data/other>) = 0\n" + ANSWER)).isPresent();
    }

    @Test
    void findsAnAnswerBeforeTheWrite() {
        assertThat(violation(ANSWER + WRITE + FORCE)).hasValueSatisfying(it -> assertThat(it).contains("written"));
    }

    @Test
    void findsThatTheTraceIsIncomplete() {
        assertThat(violation(WRITE + FORCE)).hasValueSatisfying(it -> assertThat(it).contains("not in the trace"));
    }

    private static Optional<String> violation(String trace) {
        return read(trace).violation(ACKNOWLEDGED, "trail.mv.db");
    }

    private static Optional<String> unsealed(String trace) {
        return read(trace).unsealed(ACKNOWLEDGED, "trail.mv.db");
    }

    private static SyscallTrace read(String trace) {
        try (var lines = new BufferedReader(new StringReader(trace))) {
            return SyscallTrace.read(lines);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
