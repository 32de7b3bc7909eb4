package io.promptaudit.server.witness;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.server.ledger.Seals;

/** Tells everybody who is signed in how the ledger stands. */
@RestController
class LedgerController {
    private final Seals seals;
    private final Witnessing witnessing;
    private final Anchoring anchoring;

    LedgerController(Seals seals, Witnessing witnessing, Anchoring anchoring) {
        this.seals = seals;
        this.witnessing = witnessing;
        this.anchoring = anchoring;
    }

    /**
     * How the ledger stands.
     *
     * @param origin of the epoch
     * @param size how many events are sealed; this and its companions are missing while nothing was sealed since the start
     * @param secondPlace {@code inside} or {@code outside} the data folder
     * @param refusal why nothing is sealed or recorded now, if so
     * @param quorum how many of the witnesses must cosign; 0 where none are configured
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LedgerView(@Nullable String origin, @Nullable Long size, @Nullable String root, @Nullable Instant sealedAt,
            LedgerState state, String secondPlace, int quorum, List<WitnessView> witnesses, @Nullable String refusal) {}

    /**
     * How a witness stands.
     *
     * @param size of the tree that it cosigned last, since the server was started
     * @param at when
     * @param lastError why it does not cosign now, if so
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WitnessView(String name, @Nullable Long size, @Nullable Instant at, @Nullable String lastError) {

        static WitnessView of(Dialogue dialogue) {
            Dialogue.Standing now = dialogue.standing();
            return new WitnessView(dialogue.name(), now.cosigned() == null ? null : now.cosigned().size(), now.at(), now.error());
        }
    }

    @GetMapping(path = "/api/v1/ledger", produces = MediaType.APPLICATION_JSON_VALUE)
    LedgerView ledger() {
        SignedNote newest = seals.newest().orElse(null);
        Checkpoint checkpoint = newest == null ? null : Checkpoint.parse(newest.text());
        String refusal = seals.refusal();
        return new LedgerView(checkpoint == null ? null : checkpoint.origin(), checkpoint == null ? null : checkpoint.size(),
                checkpoint == null ? null : checkpoint.root().toString(), checkpoint == null ? null : witnessing.sealedAt(),
                anchoring.state(), anchoring.hasSecondPlaceOutside() ? "outside" : "inside", witnessing.group().quorum(),
                witnessing.dialogues().stream().map(WitnessView::of).toList(), refusal == null ? anchoring.reason() : refusal);
    }
}
