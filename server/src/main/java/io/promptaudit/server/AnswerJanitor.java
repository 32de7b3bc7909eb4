package io.promptaudit.server;

import java.time.InstantSource;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import io.promptaudit.command.trail.Answers;

/** Forgets answers under an Idempotency-Key once they are older than promised. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class AnswerJanitor {
    private final Answers answers;
    private final InstantSource clock;
    private final PromptAuditProperties properties;

    AnswerJanitor(Answers answers, InstantSource clock, PromptAuditProperties properties) {
        this.answers = answers;
        this.clock = clock;
        this.properties = properties;
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    void forget() {
        answers.forgetBefore(clock.instant().minus(properties.write().keepAnswers()));
    }
}
