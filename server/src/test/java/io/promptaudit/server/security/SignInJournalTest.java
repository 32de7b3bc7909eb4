package io.promptaudit.server.security;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.CredentialKind;
import io.promptaudit.api.SignInRefusal;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.command.trail.SignInRecorder;
import io.promptaudit.command.trail.TrailUnavailable;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes an event, and how many become one. */
class SignInJournalTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<SignInRefused> recorded = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private boolean isDown;
    private final SignInJournal journal = new SignInJournal(new SignInRecorder() {
        @Override
        public Optional<String> owner(String name) {
            return Optional.of(name);
        }

        @Override
        public void record(SignInRefused event, RequestContext last) {
            if (isDown) {
                throw new TrailUnavailable("the store does not answer", null);
            }
            recorded.add(event);
            requests.add(last.requestId());
        }
    }, clock);

    @Test
    void tellsTheFirstAtOnceAndMoreOfItsKindTogether() {
        count("ada", SignInRefusal.WRONG_CREDENTIAL, "r-1");
        journal.tell();
        count("ada", SignInRefusal.WRONG_CREDENTIAL, "r-2");
        count("ada", SignInRefusal.WRONG_CREDENTIAL, "r-3");
        count(null, SignInRefusal.UNKNOWN_ACCOUNT, "r-4");
        clock.pass(Duration.ofSeconds(59));
        journal.tell();
        assertThat(recorded).containsExactly(refused("ada", SignInRefusal.WRONG_CREDENTIAL, 1),
                refused(null, SignInRefusal.UNKNOWN_ACCOUNT, 1));
        clock.pass(Duration.ofSeconds(1));
        journal.tell();
        journal.tell();
        assertThat(recorded).hasSize(3).endsWith(refused("ada", SignInRefusal.WRONG_CREDENTIAL, 2));
        assertThat(requests).containsExactly("r-1", "r-4", "r-3");
    }

    @Test
    void tellsNoMoreThanSixtyEventsAMinuteAndNoAttemptIsLost() {
        for (int i = 0; i < 10 * SignInJournal.MOST_KINDS; i++) {
            count("account-" + i, SignInRefusal.WRONG_CREDENTIAL, "r");
        }
        for (int minute = 1; minute <= 100; minute++) {
            journal.tell();
            journal.tell();
            assertThat(recorded.size()).isLessThanOrEqualTo(minute * SignInJournal.MOST_A_MINUTE);
            clock.pass(Duration.ofMinutes(1));
        }
        assertThat(recorded.stream().mapToLong(SignInRefused::attempts).sum()).isEqualTo(10L * SignInJournal.MOST_KINDS);
        assertThat(recorded).hasSizeLessThanOrEqualTo(SignInJournal.MOST_KINDS + 1)
                .contains(refused(null, SignInRefusal.WRONG_CREDENTIAL, 9L * SignInJournal.MOST_KINDS));
    }

    @Test
    void keepsWhatCannotBeRecordedNow() {
        isDown = true;
        count("ada", SignInRefusal.WRONG_CREDENTIAL, "r-1");
        journal.tell();
        count("ada", SignInRefusal.WRONG_CREDENTIAL, "r-2");
        isDown = false;
        clock.pass(Duration.ofMinutes(1));
        journal.tell();
        assertThat(recorded).containsExactly(refused("ada", SignInRefusal.WRONG_CREDENTIAL, 2));
        assertThat(requests).containsExactly("r-2");
    }

    @Test
    void tellsTheRestWhenTheServerStops() {
        count("ada", SignInRefusal.WRONG_CREDENTIAL, "r-1");
        journal.tell();
        count("ada", SignInRefusal.WRONG_CREDENTIAL, "r-2");
        journal.stop();
        assertThat(recorded).hasSize(2);
    }

    private void count(@Nullable String account, SignInRefusal reason, String request) {
        journal.count(account, CredentialKind.PASSWORD, reason, new RequestContext(request, request, "192.0.2.1", null, null));
    }

    private static SignInRefused refused(@Nullable String account, SignInRefusal reason, long attempts) {
        return new SignInRefused(account, CredentialKind.PASSWORD, reason, attempts);
    }
}
