package io.promptaudit.server.ledger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import io.promptaudit.command.trail.Sequence;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.server.keys.MasterKey;
import io.promptaudit.server.process.QuickStart;
import io.promptaudit.server.trail.EventRow;

/**
 * A process that writes and seals as the server does, with its database, sequencer and sealer and nothing else of it, until it is
 * killed. It says every signature and every receipt that a writer was answered with.
 */
final class KilledSealer {
    /** What lines begin with. */
    static final String READY = "ready";
    static final String RECEIPT = "receipt";
    static final String FAILED = "failed";

    private static final int WRITERS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Sequence sequence;
    private final Seals seals;
    private final ReceiptController receipts;
    private final WatchedSealing watched;
    private final EventMac mac;
    private final JdbcTemplate db;
    private final TransactionTemplate transaction;

    private KilledSealer(ConfigurableApplicationContext context) {
        sequence = context.getBean(Sequence.class);
        seals = context.getBean(Seals.class);
        receipts = context.getBean(ReceiptController.class);
        watched = context.getBean(WatchedSealing.class);
        mac = context.getBean(EventMac.class);
        db = context.getBean(JdbcTemplate.class);
        transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    /** Takes the data folder, and the step at which to wait for the end, and at which time. */
    public static void main(String[] arguments) {
        try {
            var sealer = new KilledSealer(start(arguments));
            for (int i = 0; i < WRITERS; i++) {
                Thread.ofPlatform().name(WatchedSealing.WRITER + i).start(sealer::write);
            }
            Said.say(READY);
            QuickStart.endAfterTraining();
        } catch (RuntimeException e) {
            failed(e);
            throw e;
        }
    }

    private static ConfigurableApplicationContext start(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        // As a whole server would: a database without its key is not opened again.
        MasterKey.in(folder.resolve("keys"), false);
        @Nullable
        SealingStep last = arguments.length > 1 ? SealingStep.valueOf(arguments[1]) : null;
        var application = new SpringApplication(WatchedSealing.class);
        application.setSources(Set.of("io.promptaudit.server.sequence.SequenceConfiguration"));
        application.setWebApplicationType(WebApplicationType.NONE);
        // What nobody here asks for is not made: the rest of the server, which would follow the order.
        application.setLazyInitialization(true);
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("steps",
                new SealingSteps(last, last == null ? 0 : Integer.parseInt(arguments[2]))));
        ConfigurableApplicationContext context = application.run("--promptaudit.data-dir=" + folder,
                "--promptaudit.write.timeout=" + PATIENCE.toSeconds() + "s");
        context.getBean("storeKeeper");
        return context;
    }

    private void write() {
        try {
            while (true) {
                sequence.requireAccepting();
                // Some give up, so that the order has gaps to step over.
                boolean givesUp = ThreadLocalRandom.current().nextInt(8) == 0;
                String event = Objects.requireNonNull(transaction.execute(status -> append(givesUp, status)));
                if (!givesUp) {
                    answer(event);
                }
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private String append(boolean givesUp, TransactionStatus status) {
        String id = UUID.randomUUID().toString();
        Bytes json = Bytes.of(("{\"event\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
        var row = new EventRow(new StoredEvent(id, id, 0, "Test", "type", "1", Instant.EPOCH.toString(), json, json));
        db.execute((ConnectionCallback<Boolean>) connection -> {
            row.insert(connection, mac);
            return true;
        });
        if (givesUp) {
            status.setRollbackOnly();
        }
        return id;
    }

    private void answer(String event) {
        Sequence.Positioned positioned = sequence.await(event);
        if (!seals.await(positioned.position(), PATIENCE)) {
            throw new IllegalStateException("position " + positioned.position() + " is not sealed");
        }
        watched.take(SealingStep.SEALED);
        byte[] receipt = receipts.receipt(event);
        watched.take(SealingStep.PROVEN);
        Said.say(RECEIPT, event, Long.toString(positioned.position()), Base64.getEncoder().encodeToString(receipt));
    }

    private static void failed(RuntimeException e) {
        Said.say(FAILED, e.toString().replaceAll("\\s+", " "));
    }
}
