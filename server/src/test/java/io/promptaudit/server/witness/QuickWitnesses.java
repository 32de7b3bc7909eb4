package io.promptaudit.server.witness;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Asks witnesses as a test has time for. Without stereotype, so that no other test finds it. */
public class QuickWitnesses {

    @Bean
    @Primary
    WitnessTiming quickWitnessTiming() {
        return new WitnessTiming(Duration.ofMillis(50), Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofHours(1),
                Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofMillis(200));
    }
}
