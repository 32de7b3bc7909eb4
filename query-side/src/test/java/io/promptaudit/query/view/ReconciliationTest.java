package io.promptaudit.query.view;

import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.query.ProjectionView.Difference;
import io.promptaudit.api.query.ProjectionView.Reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

class ReconciliationTest {
    private static final long SEED = 4711;
    private final ReadSide side = ReadSide.onH2();
    private final RandomTrail history = new RandomTrail(SEED, side.trail());

    @BeforeEach
    void given() {
        history.append(400);
        side.catchUp();
    }

    @AfterEach
    void close() {
        side.close();
    }

    @Test
    void findsARowThatIsMissingInEveryTable() {
        for (var view : side.views()) {
            for (var table : view.tables()) {
                long seq = someSeq(table);
                side.db().sql("create table kept as select * from " + table.name() + " where seq = " + seq).update();
                side.db().sql("delete from " + table.name() + " where seq = " + seq).update();

                assertThat(reconcile(view).differences()).as("seed %d, %s", SEED, table.name()).isNotEmpty()
                        .allSatisfy(difference -> {
                            assertThat(difference.kind()).isEqualTo("missing");
                            assertThat(difference.table()).isEqualTo(table.name());
                            assertThat(difference.key()).containsEntry("seq", String.valueOf(seq));
                        });
                side.db().sql("insert into " + table.name() + " select * from kept").update();
                side.db().sql("drop table kept").update();
                assertThat(reconcile(view).found()).as("seed %d, %s", SEED, table.name()).isZero();
            }
        }
    }

    @Test
    void findsARowTooManyInEveryTable() {
        for (var view : side.views()) {
            for (var table : view.tables()) {
                long seq = someSeq(table);
                long planted = seq % 2 == 0 ? Long.MAX_VALUE : -5;
                side.db().sql("create table kept as select * from " + table.name() + " where seq = " + seq
                        + " fetch first 1 rows only").update();
                side.db().sql("update kept set seq = " + planted).update();
                for (String column : new String[]{"name", "prompt", "id", "base"}) {
                    if (table.key().contains(column)) {
                        side.db().sql("update kept set " + column + " = 'planted'").update();
                    }
                }
                side.db().sql("insert into " + table.name() + " select * from kept").update();
                side.db().sql("drop table kept").update();

                assertThat(reconcile(view).differences()).as("seed %d, %s", SEED, table.name()).singleElement()
                        .satisfies(difference -> {
                            assertThat(difference.kind()).isEqualTo("surplus");
                            assertThat(difference.table()).isEqualTo(table.name());
                        });
                side.db().sql("delete from " + table.name() + " where seq = " + planted).update();
            }
        }
    }

    @Test
    void findsAChangeOfEveryColumn() {
        for (var view : side.views()) {
            for (var table : view.tables()) {
                for (String column : table.columns()) {
                    long seq = someSeq(table);
                    side.db().sql("create table kept as select seq, " + column + " as was from " + table.name() + " where seq = "
                            + seq).update();
                    side.db().sql("update " + table.name() + " set " + column + " = " + changed(column) + " where seq = " + seq)
                            .update();

                    assertThat(reconcile(view).differences()).as("seed %d, %s.%s", SEED, table.name(), column).singleElement()
                            .satisfies(difference -> {
                                assertThat(difference.kind()).isEqualTo("different");
                                assertThat(difference.table()).isEqualTo(table.name());
                                assertThat(difference.columns()).containsExactly(column);
                            });
                    side.db().sql("update " + table.name() + " set " + column + " = (select was from kept) where seq = " + seq)
                            .update();
                    side.db().sql("drop table kept").update();
                }
            }
        }
    }

    private static String changed(String column) {
        return switch (column) {
            case "version", "revision", "created" -> column + " + 1";
            case "valid_from", "valid_to", "recorded_at" -> "timestamp with time zone '2001-01-01 00:00:00Z'";
            case "prompt", "environment", "subject", "personal", "on_behalf_of" -> "'planted'";
            case "debt", "state", "outcome" -> "'PLANTED'";
            default -> column + " || ' '";
        };
    }

    @Test
    void countsEveryDifferenceAndListsTheFirstHundred() {
        side.db().sql("delete from audit_entry where seq > 10").update();

        var report = reconcile(side.view("audit"));

        assertThat(report.found()).isEqualTo(side.trail().end() - 10);
        assertThat(report.differences()).hasSize(100).extracting(Difference::kind).containsOnly("missing");
    }

    @Test
    void findsNothingOnAHealthyStoreWhileItIsWritten() throws Exception {
        var writing = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writer = threads.submit(() -> {
                while (writing.get()) {
                    history.append(20);
                    side.catchUp();
                }
                return true;
            });
            for (int round = 0; round < 2; round++) {
                for (var view : side.views()) {
                    assertThat(reconcile(view).differences()).as("seed %d, %s", SEED, view.name()).isEmpty();
                }
            }
            writing.set(false);
            assertThat(writer.get()).isTrue();
        }
    }

    private long someSeq(ViewTable table) {
        // One event may make several rows.
        return side.db().sql("select seq from " + table.name() + " group by seq having count(*) = 1 order by seq desc"
                + " fetch first 1 rows only").query(Long.class).single();
    }

    private Reconciliation reconcile(View view) {
        side.bean(ViewJobs.class).reconcile(view);
        side.awaitIdle();
        var report = Objects.requireNonNull(side.status(view.name()).reconciliation());
        assertThat(report.failure()).isNull();
        return report;
    }
}
