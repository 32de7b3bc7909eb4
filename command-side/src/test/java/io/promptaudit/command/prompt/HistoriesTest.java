package io.promptaudit.command.prompt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.EnvironmentEvent;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.ledger.release.ReleaseCheck;
import io.promptaudit.ledger.verification.Findings;

import static org.assertj.core.api.Assertions.assertThat;

/** The verifier knows of every event that decides releases in whose history it stands, and lets none stand elsewhere. */
class HistoriesTest {
    private static final Bytes NOTHING = Bytes.of("{}".getBytes(StandardCharsets.UTF_8));

    static Stream<Class<?>> events() {
        return Stream.of(PromptEvent.class, EnvironmentEvent.class, AccountEvent.class)
                .flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void noEventStandsElsewhere(Class<?> event) {
        var findings = new Findings();
        new ReleaseCheck(findings).accept(1, new StoredEvent("event-1", "server:elsewhere", 0, "Server", event.getName(), "1",
                "2026-03-01T12:00:00Z", NOTHING, NOTHING));
        assertThat(findings.first()).singleElement().satisfies(finding -> assertThat(finding.detail()).contains("own-stream: "));
    }
}
