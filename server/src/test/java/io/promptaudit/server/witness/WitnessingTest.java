package io.promptaudit.server.witness;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.tree.Prover;
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.sequence.LedgerDamaged;
import io.promptaudit.server.witness.WitnessServer.Manner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A log and real witnesses over HTTP, which keep to the specification or do not. */
class WitnessingTest {
    private static final String ORIGIN = "log.example/ledger/epoch-1";
    private static final WitnessTiming TIMING = new WitnessTiming(Duration.ofMillis(20), Duration.ofSeconds(2),
            Duration.ofSeconds(20), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMillis(50), Duration.ofMillis(200));

    @TempDir
    private Path folder;
    private final GrowingLog log = new GrowingLog(ORIGIN);
    private final List<WitnessServer> witnesses = new ArrayList<>();
    private volatile Instant now = Instant.now();
    private @Nullable Witnessing witnessing;

    @BeforeEach
    void startWitnesses() {
        for (String name : List.of("witness.example/a", "witness.example/b", "witness.example/c")) {
            var witness = new WitnessServer(folder, name, name.endsWith("b"));
            witness.book().trust(log.vkey());
            witnesses.add(witness);
        }
    }

    @AfterEach
    void stop() {
        if (witnessing != null) {
            witnessing.stop();
        }
        witnesses.forEach(WitnessServer::close);
    }

    private Witnessing witnessing(int count, WitnessTiming timing) {
        return witnessing(count, timing, log::prover);
    }

    private Witnessing witnessing(int count, WitnessTiming timing, LongFunction<Prover> provers) {
        var settings = witnesses.stream().limit(count)
                .map(witness -> new PromptAuditProperties.Witness(witness.vkey(), URI.create(witness.url()))).toList();
        InstantSource clock = () -> now;
        var begun = new Witnessing(WitnessGroup.of(settings(settings, null)), provers, timing, clock);
        witnessing = begun;
        return begun;
    }

    private static PromptAuditProperties.Ledger settings(List<PromptAuditProperties.Witness> witnesses,
            @Nullable Integer quorum) {
        return new PromptAuditProperties.Ledger("log.example", null, Duration.ofSeconds(5), Duration.ofDays(1), null, null,
                List.of(), witnesses, quorum, null, Duration.ofHours(1));
    }

    private Witnessing started(int count) {
        Witnessing begun = witnessing(count, TIMING);
        begun.start();
        return begun;
    }

    private static void until(BooleanSupplier what) {
        await().atMost(Duration.ofSeconds(30)).until(what::getAsBoolean);
    }

    private static Dialogue.Standing standing(Witnessing of, int witness) {
        return of.dialogues().get(witness).standing();
    }

    private static long witnessed(Witnessing of) {
        return of.cosigning().witnessed().map(Cosigning::size).orElse(-1L);
    }

    private void verify(Witnessing of) {
        SignedNote cosigned = of.cosigning().witnessed().orElseThrow();
        String policy = "log %s\n%s".formatted(log.vkey(), of.group().policy());
        TrustPolicy.parse(policy.getBytes(StandardCharsets.UTF_8)).verify(cosigned);
    }

    @Test
    void aQuorumCosignsEachTreeThatIsTheNewest() {
        Witnessing begun = started(3);
        for (long size : new long[]{1, 2, 7, 8, 300}) {
            begun.sealed(log.checkpoint(size));
            until(() -> witnessed(begun) == size);
            verify(begun);
        }
        until(() -> witnesses.stream().allMatch(witness -> witness.book().seen(ORIGIN).size() == 300));
        assertThat(begun.group().policy()).contains("group witnesses 2 ");
    }

    @Test
    void aBusyLogAsksEachWitnessForOneCheckpointAtATime() {
        Witnessing begun = started(3);
        for (long size = 1; size <= 400; size++) {
            begun.sealed(log.checkpoint(size));
        }
        until(() -> witnessed(begun) == 400);
        verify(begun);
        assertThat(witnesses).allSatisfy(witness -> {
            assertThat(witness.mostAtOnce()).isEqualTo(1);
            assertThat(witness.requests()).isLessThan(400);
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AS_SPECIFIED")
    void aWitnessThatMisbehavesIsNotedAndKeepsNobodyFromTheQuorum(Manner manner) {
        WitnessServer bad = witnesses.get(2);
        bad.behave(manner);
        Witnessing begun = started(3);
        begun.sealed(log.checkpoint(5));
        until(() -> witnessed(begun) == 5);
        verify(begun);
        until(() -> standing(begun, 2).error() != null);
        assertThat(standing(begun, 2).cosigned()).isNull();
        assertThat(new String(begun.cosigning().cosigned(log.checkpoint(5)).encode(), StandardCharsets.UTF_8))
                .doesNotContain("witness.example/c");
        bad.behave(Manner.AS_SPECIFIED);
        now = now.plus(TIMING.retryAtMost());
        begun.sealed(log.checkpoint(6));
        until(() -> {
            now = now.plusMillis(50);
            return standing(begun, 2).error() == null && standing(begun, 2).cosigned() != null;
        });
    }

    @ParameterizedTest
    @CsvSource({"OTHER_KEY,not good", "OTHER_CHECKPOINT,not good", "GARBAGE,not good", "WITHOUT_TIME,no time",
            "CONFLICT_WITHOUT_SIZE,names no size", "RESTLESS,does not keep to the size", "MOVED,status 307", "FAILING,status 500",
            "SILENT,does not answer", "TRICKLING,does not answer", "BOASTING,knows a tree of 1000000 entries"})
    void whatIsWrongIsSaid(Manner manner, String words) {
        witnesses.getFirst().behave(manner);
        Witnessing begun = started(1);
        begun.sealed(log.checkpoint(5));
        until(() -> standing(begun, 0).error() != null);
        assertThat(standing(begun, 0).error()).contains(words);
        assertThat(witnessed(begun)).isEqualTo(-1);
    }

    @Test
    void aWitnessThatIsDownIsAskedAgain() {
        Witnessing begun = started(1);
        begun.sealed(log.checkpoint(3));
        until(() -> witnessed(begun) == 3);
        witnesses.getFirst().goDown();
        begun.sealed(log.checkpoint(4));
        until(() -> standing(begun, 0).failures() > 1 || tick());
        assertThat(begun.isMissedFor(Duration.ofMinutes(1))).isFalse();
        now = now.plus(Duration.ofMinutes(2));
        assertThat(begun.isMissedFor(Duration.ofMinutes(1))).isTrue();
        witnesses.getFirst().comeUp();
        until(() -> witnessed(begun) == 4 || tick());
        assertThat(begun.isMissedFor(Duration.ZERO)).isFalse();
    }

    @Test
    void afterAFailureThatNobodyForesawTheWitnessIsAskedAgain() {
        var broken = new AtomicBoolean();
        Witnessing begun = witnessing(1, TIMING, size -> {
            if (broken.get()) {
                throw new IllegalStateException("nobody foresaw this");
            }
            return log.prover(size);
        });
        begun.start();
        begun.sealed(log.checkpoint(3));
        until(() -> witnessed(begun) == 3);
        broken.set(true);
        begun.sealed(log.checkpoint(5));
        until(() -> standing(begun, 0).failures() > 0);
        assertThat(standing(begun, 0).error()).contains("cannot be asked: IllegalStateException");
        broken.set(false);
        until(() -> tick() || witnessed(begun) == 5);
    }

    private boolean tick() {
        now = now.plusMillis(20);
        return false;
    }

    @Test
    void silenceIsBounded() {
        Witnessing begun = started(2);
        begun.sealed(log.checkpoint(3));
        until(() -> witnessed(begun) == 3);
        int before = witnesses.getFirst().requests();
        now = now.plus(Duration.ofMinutes(59));
        assertThat(begun.dialogues().getFirst().wants(log.checkpoint(3))).isFalse();
        now = now.plus(Duration.ofMinutes(2));
        until(() -> witnesses.getFirst().requests() > before && !begun.isMissedFor(Duration.ZERO));
        assertThat(standing(begun, 0).at()).isEqualTo(now);
    }

    @Test
    void aLargerTreeElsewhereIsFoundBeforeTheFirstSignature() {
        submit(log.checkpoint(9));
        Witnessing begun = witnessing(1, TIMING);
        begun.ask(log.checkpoint(5));
        assertThatThrownBy(() -> begun.requireNothingBeyond(ORIGIN, 7)).isInstanceOf(LedgerDamaged.class)
                .hasMessageContaining("9 entries").hasMessageContaining("set back");
        assertThat(begun.beyond()).contains("9 entries");
        assertThatCode(() -> begun.requireNothingBeyond("log.example/ledger/epoch-2", 7)).doesNotThrowAnyException();
        assertThatCode(() -> begun.requireNothingBeyond(ORIGIN, 9)).doesNotThrowAnyException();
        begun.start();
        witnesses.getFirst().goDown();
        until(() -> tick() || standing(begun, 0).failures() > 2);
        assertThatThrownBy(() -> begun.requireNothingBeyond(ORIGIN, 7)).as("silence explains nothing")
                .isInstanceOf(LedgerDamaged.class);
        witnesses.getFirst().comeUp();
        begun.sealed(log.checkpoint(12));
        until(() -> tick() || witnessed(begun) == 12);
        assertThatCode(() -> begun.requireNothingBeyond(ORIGIN, 7)).doesNotThrowAnyException();
    }

    @Test
    void aStartDoesNotWaitForWitnessesThatAreSilent() {
        witnesses.getFirst().behave(Manner.SILENT);
        Witnessing begun = witnessing(1, new WitnessTiming(TIMING.pace(), Duration.ofMinutes(10), Duration.ofMillis(100),
                TIMING.again(), TIMING.grace(), TIMING.retry(), TIMING.retryAtMost()));
        begun.ask(log.checkpoint(5));
        assertThatCode(() -> begun.requireNothingBeyond(ORIGIN, 5)).doesNotThrowAnyException();
    }

    @Test
    void anotherHistoryUnderTheSameKeyIsNoticed() {
        submit(log.forked().checkpoint(5));
        Witnessing begun = started(1);
        begun.sealed(log.checkpoint(5));
        until(() -> standing(begun, 0).contradicts());
        begun.sealed(log.checkpoint(8));
        until(() -> tick() || standing(begun, 0).failures() > 1);
        assertThat(standing(begun, 0).contradicts()).isTrue();
        assertThat(standing(begun, 0).error()).contains("another history of the first 5 entries");
        assertThat(begun.beyond()).isNull();
    }

    /** What somebody else with the log's key sends. */
    private void submit(SignedNote checkpoint) {
        var verdict = witnesses.getFirst().book()
                .judge("old 0\n\n" + new String(checkpoint.encode(), StandardCharsets.UTF_8));
        assertThat(verdict.status()).isEqualTo(200);
    }

    @Test
    void anotherEpochBeginsAnew() {
        Witnessing begun = started(1);
        begun.sealed(log.checkpoint(3));
        until(() -> witnessed(begun) == 3);
        var next = new GrowingLog("log.example/ledger/epoch-2");
        begun.sealed(next.checkpoint(2));
        assertThat(begun.cosigning().witnessed()).isEmpty();
        until(() -> String.valueOf(standing(begun, 0).error()).contains("does not know the ledger"));
        witnesses.getFirst().book().trust(next.vkey());
        until(() -> tick() || witnessed(begun) == 2);
    }

    @Test
    void aSignatureThatTheWitnessDoesNotTrustIsSaid() {
        var stranger = new GrowingLog(ORIGIN);
        Witnessing begun = started(1);
        begun.sealed(stranger.checkpoint(3));
        until(() -> String.valueOf(standing(begun, 0).error()).contains("does not accept the ledger's signature"));
    }

    @Test
    void settingsAreJudgedAtTheStart() {
        String key = witnesses.getFirst().vkey();
        URI url = URI.create("https://witness.example/");
        refused("promptaudit.ledger.witnesses[0].key", new PromptAuditProperties.Witness("nonsense", url));
        refused("promptaudit.ledger.witnesses[0].key", new PromptAuditProperties.Witness(log.vkey(), url));
        refused("promptaudit.ledger.witnesses[0].url", new PromptAuditProperties.Witness(key, URI.create("ftp://x/")));
        refused("promptaudit.ledger.witnesses[1].key", new PromptAuditProperties.Witness(key, url),
                new PromptAuditProperties.Witness(key, url));
        assertThatThrownBy(() -> WitnessGroup.of(settings(List.of(new PromptAuditProperties.Witness(key, url)), 2)))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("1");
        assertThat(WitnessGroup.of(settings(List.of(new PromptAuditProperties.Witness(key, url)), null)).members().getFirst()
                .addCheckpoint()).hasToString("https://witness.example/add-checkpoint");
        assertThat(WitnessGroup.of(settings(List.of(), null)).policy()).isEqualTo("quorum none\n");
    }

    private static void refused(String field, PromptAuditProperties.Witness... witnesses) {
        assertThatThrownBy(() -> WitnessGroup.of(settings(List.of(witnesses), null)))
                .isInstanceOfSatisfying(InvalidValue.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
    }
}
