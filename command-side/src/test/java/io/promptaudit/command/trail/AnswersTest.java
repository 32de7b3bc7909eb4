package io.promptaudit.command.trail;

import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Rule;
import io.promptaudit.command.trail.RequestContext.Idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The first answers, in their real table on H2. */
class AnswersTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");
    private static final Idempotency KEY = new Idempotency("key-1", "a".repeat(64));

    private final TrailDatabase database = new TrailDatabase();
    private final Answers answers = new Answers(database.client(), new SecretKeySpec(new byte[32], "HmacSHA256"));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void areNoneBeforeTheFirst() {
        assertThat(answers.find("ada", KEY)).isEmpty();
    }

    @Test
    void nameTheEventAndTheVersion() {
        answers.keep("ada", KEY, Decided.event("e-1", 12), NOON);
        assertThat(answers.find("ada", KEY)).contains(new Answers.Kept("e-1", 12, null, false, null, null, null));
    }

    @Test
    void nameThePolicysRevision() {
        answers.keep("ada", KEY, new Decided("e-1", null, 7L), NOON);
        assertThat(answers.find("ada", KEY)).contains(new Answers.Kept("e-1", null, 7L, false, null, null, null));
    }

    @Test
    void sayThatWhatWasAskedForWaits() {
        answers.keep("ada", KEY, Decided.proposed("e-1"), NOON);
        assertThat(answers.find("ada", KEY)).contains(new Answers.Kept("e-1", null, null, true, null, null, null));
    }

    @Test
    void keepARefusalInItsWords() {
        String detail = "whoever approved \uD83D\uDE00 does not deploy; ".repeat(40);
        answers.keep("ada", KEY, new CommandRejected(Rule.APPROVER_MAY_NOT_DEPLOY, detail, 3L), "e-2", NOON);
        assertThat(answers.find("ada", KEY))
                .contains(new Answers.Kept("e-2", null, null, false, Rule.APPROVER_MAY_NOT_DEPLOY, detail, 3L));
    }

    @Test
    void areNotForAnotherRequestUnderTheSameKey() {
        answers.keep("ada", KEY, Decided.event("e-1"), NOON);
        assertThatExceptionOfType(IdempotencyConflict.class)
                .isThrownBy(() -> answers.find("ada", new Idempotency("key-1", "b".repeat(64))))
                .withMessage("the Idempotency-Key was used before with another request");
    }

    @Test
    void areNotForAnotherAccountWithTheSameKey() {
        answers.keep("ada", KEY, Decided.event("e-1"), NOON);
        answers.keep("ben", KEY, Decided.event("e-2"), NOON);
        assertThat(answers.find("ada", KEY)).map(Answers.Kept::eventId).contains("e-1");
        assertThat(answers.find("ben", KEY)).map(Answers.Kept::eventId).contains("e-2");
        assertThat(answers.find("cleo", KEY)).isEmpty();
    }

    @Test
    void doNotShowWhatWasAsked() {
        answers.keep("ada", KEY, Decided.event("e-1"), NOON);
        assertThat(database.client().sql("select request_digest from answer").query(String.class).single())
                .doesNotContain(KEY.requestDigest());
    }

    @Test
    void areKeptOnce() {
        answers.keep("ada", KEY, Decided.event("e-1"), NOON);
        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> answers.keep("ada", KEY, Decided.event("e-2"), NOON));
    }

    @Test
    void areForgottenWhenOldAndNotBefore() {
        answers.keep("ada", KEY, Decided.event("e-1"), NOON);
        assertThat(answers.forgetBefore(NOON)).isZero();
        assertThat(answers.forgetBefore(NOON.plusMillis(1))).isEqualTo(1);
        assertThat(answers.find("ada", KEY)).isEmpty();
    }
}
