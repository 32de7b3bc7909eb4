package io.promptaudit.server.sequence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionTemplate;

import io.promptaudit.command.trail.TrailUnavailable;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.server.ledger.SealedTables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The one order, on real databases, under many writers, several sequencers and failures. */
class SequencerTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What must hold on every database. */
    abstract static class Contract {
        private final List<Sequencer> started = new ArrayList<>();
        private final List<SealedTables> ledgers = new ArrayList<>();
        @TempDir
        Path folder;
        private final AtomicBoolean disk = new AtomicBoolean(true);
        private HikariDataSource pool = new HikariDataSource();
        private JdbcTemplate db = new JdbcTemplate();
        private TransactionTemplate transaction = new TransactionTemplate();

        abstract DataSource database() throws IOException;

        abstract String bytes();

        abstract String shortBytes();

        @BeforeEach
        void createTables() throws IOException {
            var config = new HikariConfig();
            config.setDataSource(database());
            pool = new HikariDataSource(config);
            db = new JdbcTemplate(pool);
            transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
            String migrations = Files.readString(MIGRATIONS.resolve("V1__trail.sql"))
                    + Files.readString(MIGRATIONS.resolve("V6__ledger.sql"))
                    + Files.readString(MIGRATIONS.resolve("V7__event_mac.sql"));
            String tables = migrations.replace("${bytes}", bytes()).replace("${short_bytes}", shortBytes())
                    .replaceAll("(?m)^GRANT .*$", "");
            new ResourceDatabasePopulator(new ByteArrayResource(tables.getBytes(StandardCharsets.UTF_8))).execute(pool);
        }

        @AfterEach
        void stop() {
            started.forEach(Sequencer::stop);
            ledgers.forEach(SealedTables::close);
            pool.close();
        }

        @Test
        void givesEveryEventOnePositionAmongManyWritersAndRollbacks() throws Exception {
            Sequencer sequencer = sequencer(new Head());
            long seed = System.nanoTime();
            Map<String, Long> answered = write(List.of(sequencer), seed, 8, 60);

            requireDense("seed " + seed);
            answered.forEach((event, position) -> assertThat(stored(event)).as("%s, seed %d", event, seed).isEqualTo(position));
        }

        @Test
        void givesNoPositionTwiceAmongSeveralSequencers() throws Exception {
            List<Sequencer> several = List.of(sequencer(new Head(), "one"), sequencer(new Head(), "two"),
                    sequencer(new Head(), "three"));
            long seed = System.nanoTime();
            Map<String, Long> answered = write(several, seed, 6, 40);

            requireDense("seed " + seed);
            answered.forEach((event, position) -> assertThat(stored(event)).as("%s, seed %d", event, seed).isEqualTo(position));
        }

        @Test
        void showsNoPositionBeforeItIsOnDisk() {
            var head = new Head();
            Sequencer sequencer = sequencer(head);
            disk.set(false);
            String event = append();
            await().atMost(PATIENCE).until(() -> sequencer.failure() != null);

            assertThat(head.position()).isZero();
            assertThat(sequencer.find(event)).isEmpty();
            assertThatThrownBy(sequencer::requireAccepting).isInstanceOf(TrailUnavailable.class);

            disk.set(true);
            await().atMost(PATIENCE).until(() -> sequencer.find(event).isPresent());
            assertThat(head.position()).isEqualTo(1);
            sequencer.requireAccepting();
            requireDense("after the disk came back");
        }

        @Test
        void placesWhatTheLastRunLeftBehindBeforeItStarts() {
            for (int i = 0; i < 2500; i++) {
                append();
            }
            var head = new Head();
            Sequencer sequencer = sequencer(head);
            assertThat(head.position()).isEqualTo(2500);
            sequencer.stop();
            append();
            var next = new Head();
            sequencer(next);
            assertThat(next.position()).isEqualTo(2501);
            requireDense("after a restart");
        }

        /** As a release without a ledger left it. */
        @Test
        void givesPositionsWithoutLeavesTheirLeaves() {
            for (int i = 1; i <= 1100; i++) {
                long index = number("select global_index from domain_event where event_identifier = '" + append() + "'");
                db.update("insert into event_position (position, global_index) values (?, ?)", i, index);
            }
            append();
            sequencer(new Head());
            assertThat(number("select count(*) from ledger_leaf")).isEqualTo(1101);
            assertThat(number("select max(size) from ledger_checkpoint")).isEqualTo(1101);
        }

        @Test
        void refusesLeavesWithoutPositions() {
            append();
            sequencer(new Head()).stop();
            db.update("insert into ledger_leaf (leaf_index, entry, hash) select leaf_index + 1, entry, hash from ledger_leaf");
            String event = append();
            Sequencer sequencer = sequencer(new Head());
            assertThatThrownBy(sequencer::requireAccepting).isInstanceOf(TrailUnavailable.class);
            assertThat(sequencer.find(event)).isEmpty();
        }

        private Sequencer sequencer(Head head) {
            return sequencer(head, "one");
        }

        private Sequencer sequencer(Head head, String place) {
            var ledger = new SealedTables(db, transaction, folder.resolve(place));
            ledgers.add(ledger);
            var sequencer = new Sequencer(new PositionTable(db, transaction), () -> {
                if (!disk.get()) {
                    throw new DataAccessResourceFailureException("no disk");
                }
            }, head, ledger.ledger(), PATIENCE);
            started.add(sequencer);
            sequencer.start();
            return sequencer;
        }

        /** Writers commit, commit late, and roll back; each waits for the position of what it committed. */
        private Map<String, Long> write(List<Sequencer> sequencers, long seed, int writers, int events) throws Exception {
            var answered = new ConcurrentHashMap<String, Long>();
            var tasks = new ArrayList<Callable<Void>>();
            for (int writer = 0; writer < writers; writer++) {
                Sequencer sequencer = sequencers.get(writer % sequencers.size());
                var random = new Random(seed + writer);
                tasks.add(() -> {
                    for (int i = 0; i < events; i++) {
                        boolean rollback = random.nextInt(5) == 0;
                        int late = random.nextInt(10) == 0 ? 20 : 0;
                        String event = transaction.execute(status -> {
                            String id = append();
                            pause(late);
                            if (rollback) {
                                status.setRollbackOnly();
                            }
                            return id;
                        });
                        if (!rollback) {
                            answered.put(event, sequencer.await(event).position());
                        }
                    }
                    return null;
                });
            }
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Void> done : threads.invokeAll(tasks)) {
                    done.get();
                }
            }
            return answered;
        }

        private static void pause(int milliseconds) {
            try {
                Thread.sleep(milliseconds);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private String append() {
            String id = UUID.randomUUID().toString();
            byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
            db.update("""
                    insert into domain_event (event_identifier, aggregate_identifier, sequence_number, payload_type, time_stamp,
                            payload, meta_data, mac) values (?, ?, 0, 'type', ?, ?, ?, ?)""", id, id, Instant.EPOCH.toString(),
                    json, json, SealedTables.mac(event(id)));
            return id;
        }

        private static StoredEvent event(String id) {
            Bytes json = Bytes.of("{}".getBytes(StandardCharsets.UTF_8));
            return new StoredEvent(id, id, 0, null, "type", null, Instant.EPOCH.toString(), json, json);
        }

        /** What somebody inserts who does not have the key stops everything, until it is gone. */
        @Test
        void givesNoPositionToWhatTheServerDidNotWrite() {
            Sequencer sequencer = sequencer(new Head());
            String ours = append();
            sequencer.await(ours);
            db.update(
                    """
                            insert into domain_event (event_identifier, aggregate_identifier, sequence_number, payload_type, time_stamp,
                                    payload, meta_data, mac) select 'forged', 'forged', 0, payload_type, time_stamp, payload, meta_data, mac
                            from domain_event""");
            await().atMost(PATIENCE).untilAsserted(() -> assertThatThrownBy(sequencer::requireAccepting)
                    .isInstanceOf(TrailUnavailable.class).hasRootCauseMessage(
                            "the event forged was not written by this server: somebody inserted it"));
            assertThat(number("select count(*) from event_position")).isEqualTo(1);
            refusesAllTheWhile(sequencer);
            db.update("delete from domain_event where event_identifier = 'forged'");
            String next = append();
            assertThat(sequencer.await(next).position()).isEqualTo(2);
            sequencer.requireAccepting();
        }

        /** Between its attempts, too. */
        private static void refusesAllTheWhile(Sequencer sequencer) {
            long end = System.nanoTime() + Duration.ofMillis(2500).toNanos();
            while (System.nanoTime() - end < 0) {
                assertThatThrownBy(sequencer::requireAccepting).isInstanceOf(TrailUnavailable.class);
            }
        }

        @Test
        void refusesARowOfTheLedgerThatIsOnlyToCome() {
            Sequencer sequencer = sequencer(new Head());
            sequencer.await(append());
            db.update("insert into ledger_checkpoint (size, root) select size + 1, root from ledger_checkpoint where size = 1");
            String event = append();
            await().atMost(PATIENCE).untilAsserted(() -> assertThatThrownBy(sequencer::requireAccepting)
                    .isInstanceOf(TrailUnavailable.class).hasMessageContaining("only to come"));
            refusesAllTheWhile(sequencer);
            db.update("delete from ledger_checkpoint where size = 2");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(sequencer.find(event)).isPresent());
            requireDense("after the row was gone");
        }

        @Test
        void noticesThatPositionsAreGone() {
            Sequencer sequencer = sequencer(new Head());
            for (int i = 0; i < 3; i++) {
                sequencer.await(append());
            }
            transaction.executeWithoutResult(status -> {
                db.update("delete from ledger_leaf where leaf_index = 2");
                db.update("delete from ledger_checkpoint where size = 3");
                db.update("delete from event_position where position = 3");
            });
            await().atMost(PATIENCE).untilAsserted(() -> assertThatThrownBy(sequencer::requireAccepting)
                    .isInstanceOf(TrailUnavailable.class).hasMessageContaining("not those that were there before"));
        }

        @Test
        void startsWithoutALeafThatItNeeds() {
            Sequencer first = sequencer(new Head());
            for (int i = 0; i < 3; i++) {
                first.await(append());
            }
            first.stop();
            db.update("delete from ledger_leaf where leaf_index = 1");
            for (String place : List.of("one", "another")) {
                assertThatThrownBy(sequencer(new Head(), place)::requireAccepting).as(place).isInstanceOf(TrailUnavailable.class);
            }
        }

        private long stored(String event) {
            Long position = db.queryForObject("""
                    select p.position from event_position p join domain_event e on e.global_index = p.global_index
                    where e.event_identifier = ?""", Long.class, event);
            return position == null ? 0 : position;
        }

        private void requireDense(String when) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(number("select count(*) from event_position")).as(when)
                    .isEqualTo(number("select count(*) from domain_event"))
                    .isEqualTo(number("select max(position) from event_position")));
        }

        private long number(String sql) {
            Long number = db.queryForObject(sql, Long.class);
            return number == null ? 0 : number;
        }
    }

    @Nested
    class OnH2 extends Contract {
        @Override
        DataSource database() {
            var h2 = new org.h2.jdbcx.JdbcDataSource();
            h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            return h2;
        }

        @Override
        String bytes() {
            return "BLOB";
        }

        @Override
        String shortBytes() {
            return "VARBINARY(4096)";
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        @SuppressWarnings("NullAway.Init")
        private static EmbeddedPostgres postgres;
        private static int databases;

        @BeforeAll
        static void startPostgres() throws IOException {
            // What is tried here is the order, not the disk: a shared one would only make it slow.
            postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        }

        @AfterAll
        static void stopPostgres() throws IOException {
            postgres.close();
        }

        @Override
        DataSource database() {
            String name = "trail" + ++databases;
            new JdbcTemplate(postgres.getPostgresDatabase()).execute("create database " + name);
            return postgres.getDatabase("postgres", name);
        }

        @Override
        String bytes() {
            return "BYTEA";
        }

        @Override
        String shortBytes() {
            return "BYTEA";
        }
    }
}
