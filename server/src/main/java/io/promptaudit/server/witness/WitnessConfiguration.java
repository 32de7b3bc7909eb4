package io.promptaudit.server.witness;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.promptaudit.command.trail.Alerts;
import io.promptaudit.command.trail.Sequence;
import io.promptaudit.command.trail.Settings;
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.ledger.KeptCheckpoint;
import io.promptaudit.server.ledger.Seals;
import io.promptaudit.server.ledger.StoredTiles;
import io.promptaudit.server.sequence.TrailClock;

/** Wires the witnesses that are configured. */
@Configuration(proxyBeanMethods = false)
class WitnessConfiguration {

    @Bean
    WitnessTiming witnessTiming() {
        return WitnessTiming.USUAL;
    }

    @Bean
    Witnessing witnessing(PromptAuditProperties properties, StoredTiles tiles, WitnessTiming timing, TrailClock clock) {
        return new Witnessing(WitnessGroup.of(properties.ledger()), tiles::prover, timing, clock);
    }

    @Bean
    Anchoring anchoring(Witnessing witnessing, PromptAuditProperties properties, WitnessTiming timing) {
        return new Anchoring(witnessing, Anchoring.isOutside(properties.checkpoints(), properties.dataDir()),
                properties.ledger().haltWithoutWitness(), timing);
    }

    @Bean
    CosignedCheckpoints cosignedCheckpoints(Seals seals, KeptCheckpoint kept, Witnessing witnessing, Anchoring anchoring) {
        return new CosignedCheckpoints(seals, kept, witnessing, anchoring);
    }

    @Bean
    AnchoringWatch anchoringWatch(Anchoring anchoring, Witnessing witnessing, Alerts alerts, Settings settings) {
        return new AnchoringWatch(anchoring, witnessing.group(), alerts, settings);
    }

    /** Health calls it by this name. */
    @Bean("witnesses")
    AnchoringHealth anchoringHealth(Anchoring anchoring, Witnessing witnessing, Seals seals, Sequence sequence,
            TrailClock clock) {
        return new AnchoringHealth(anchoring, witnessing, seals, sequence, clock);
    }
}
