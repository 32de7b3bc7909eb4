package io.promptaudit.command.prompt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.Rule;
import io.promptaudit.api.command.PromptCommand.CreatePrompt;
import io.promptaudit.api.command.PromptCommand.DescribePrompt;
import io.promptaudit.api.command.PromptCommand.RevokeApproval;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.command.trail.TrailDatabase;

import static io.promptaudit.command.prompt.PromptStory.*;
import static io.promptaudit.command.prompt.TestPolicies.PRODUCTION;
import static io.promptaudit.command.prompt.TestPolicies.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A planted snapshot never decides: through the real tables of events and snapshots, on H2. */
class SnapshotSealTest {
    private static final String ID = "prompt:" + NAME;
    private final TrailDatabase database = new TrailDatabase();
    private final SnapshotSeal seal = seal(1);
    private final EmbeddedEventStore store = database.eventStore(seal);
    private final PromptWorld world = new PromptWorld(store, false);

    private static SnapshotSeal seal(int key) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        return new SnapshotSeal(new SecretKeySpec(bytes, "HmacSHA256"), TrailDatabase.eventSerializer());
    }

    /** Ada wrote version 1, Ben approved it and took that back: it may not go live. */
    @BeforeEach
    void tellTheStory() {
        world.send(ADA, create());
        world.send(DAN, deploy(1, STAGING));
        world.send(BEN, approve(1));
        snapshot(seal, ID);
        world.send(BEN, new RevokeApproval(NAME, 1, "no"));
    }

    @AfterEach
    void close() {
        world.close();
        database.close();
    }

    private void snapshot(SnapshotSeal by, String id) {
        new PromptSnapshotter(store, NoTransactionManager.instance(), Runnable::run, by).scheduleSnapshot(Prompt.class, id);
    }

    private long snapshots() {
        return database.owner().sql("select count(*) from snapshot_event").query(Long.class).single();
    }

    private DomainEventMessage<?> first(EventStore from) {
        return from.readEvents(ID).next();
    }

    @Test
    void letsAGenuineSnapshotDecide() {
        assertThat(first(store).getPayload()).isInstanceOf(PromptSnapshot.class);
        assertThat(first(store).getSequenceNumber()).isEqualTo(2);
        assertNotReleased();
        world.send(BEN, approve(1));
        world.send(DAN, deploy(1, PRODUCTION));
    }

    @Test
    void refusesAForgedApproval() {
        snapshot(seal, ID);
        String forged = payload().replaceFirst("\"digest\"",
                "\"approvals\":[{\"event\":\"forged\",\"by\":{\"account\":\"cleo\"}}],\"digest\"");
        assertThat(forged).isNotEqualTo(payload());
        plant(forged);
        assertIgnored();
    }

    @Test
    void refusesTheSnapshotOfAnotherPrompt() {
        String other = "clinical/other";
        world.send(ADA, new CreatePrompt(other, PromptType.TEXT, new Content.Text("x"), Map.of(), "n", null, null,
                null, List.of()));
        world.send(ADA, new DescribePrompt(other, "Other", null, null, null));
        snapshot(seal, "prompt:" + other);
        dropOwn();
        assertThat(database.owner().sql("update snapshot_event set aggregate_identifier = ?").param(ID).update()).isOne();
        assertIgnored();
    }

    @Test
    void refusesAnOlderSnapshotThatClaimsToBeTheLatest() {
        // At sequence number 2 the approval stood; moved to 3 it would hide that it was taken back.
        database.asOwner("update snapshot_event set sequence_number = 3");
        assertIgnored();
    }

    @Test
    void refusesASnapshotSealedWithAnotherKey() {
        dropOwn();
        snapshot(seal(2), ID);
        assertIgnored();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"archived\":false}", "{\"mac\":null,\"archived\":false,\"versions\":[],\"environments\":{}}",
            "null", "[]", "", "{\"mac\":", "not json"})
    void refusesWhatIsNoSnapshotAtAll(String payload) {
        plant(payload);
        assertIgnored();
    }

    @Test
    void refusesAnEventInThePlaceOfASnapshot() {
        database.asOwner("update snapshot_event set (payload_type, payload, payload_revision) = (select payload_type, payload,"
                + " payload_revision from domain_event where sequence_number = 2)");
        assertIgnored();
    }

    @Test
    void refusesATypeThatDoesNotExist() {
        database.asOwner("update snapshot_event set payload_type = 'io.promptaudit.Nonsense'");
        assertIgnored();
    }

    @Test
    void ignoresASnapshotOfAnotherFormAndMakesOneAnew() {
        database.asOwner("update snapshot_event set payload_revision = '1'");
        assertIgnored();
        world.send(CLEO, approve(1));
        snapshot(seal, ID);
        assertThat(first(store).getSequenceNumber()).isEqualTo(4);
        assertThat(snapshots()).isOne();
    }

    @Test
    void fallsBackToAnOlderGenuineSnapshot() {
        database.asOwner("""
                insert into snapshot_event select 'planted', aggregate_identifier, 3, type, payload_type, payload_revision,
                    time_stamp, payload, meta_data from snapshot_event""");
        assertThat(first(database.eventStore(seal)).getSequenceNumber()).isEqualTo(2);
        assertNotReleased();
    }

    @Test
    void fallsBackToAnOlderGenuineSnapshotFromOneWithoutSeal() {
        database.owner().sql("""
                insert into snapshot_event select 'planted', aggregate_identifier, 3, type, payload_type, payload_revision,
                    time_stamp, ?, meta_data from snapshot_event""")
                .param("{\"archived\":false}".getBytes(StandardCharsets.UTF_8))
                .update();
        assertThat(first(database.eventStore(seal)).getSequenceNumber()).isEqualTo(2);
    }

    private String payload() {
        byte[] payload = database.owner().sql("select payload from snapshot_event order by sequence_number desc limit 1")
                .query(byte[].class).single();
        return new String(payload, StandardCharsets.UTF_8);
    }

    private void plant(String payload) {
        assertThat(database.owner().sql("update snapshot_event set payload = ?")
                .param(payload.getBytes(StandardCharsets.UTF_8)).update()).isPositive();
    }

    private void dropOwn() {
        database.asOwner("delete from snapshot_event where aggregate_identifier = '" + ID + "'");
    }

    private void assertIgnored() {
        assertThat(snapshots()).isOne();
        assertThat(first(database.eventStore(seal)).getPayload()).isInstanceOf(PromptCreated.class);
        assertNotReleased();
    }

    private void assertNotReleased() {
        assertThatExceptionOfType(CommandRejected.class).isThrownBy(() -> world.send(DAN, deploy(1, PRODUCTION)))
                .satisfies(rejected -> assertThat(rejected.rule()).isEqualTo(Rule.REQUIRED_APPROVALS));
    }
}
