package io.promptaudit.server.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.note.NoteSigner;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.note.VerifierKey;
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.database.Durability;
import io.promptaudit.server.database.EmbeddedDatabase;
import io.promptaudit.server.keys.MasterKey;
import io.promptaudit.server.sequence.Ledger;
import io.promptaudit.server.sequence.Unplaced;

/**
 * The server's own sequencer, sealer and database. What they work with is the server's too, and says which step is taken.
 */
// No @Configuration: the server's own scan would find it.
@Import({EmbeddedDatabase.class, LedgerConfiguration.class, ReceiptController.class})
@ImportAutoConfiguration({FlywayAutoConfiguration.class, JdbcTemplateAutoConfiguration.class})
@EnableConfigurationProperties(PromptAuditProperties.class)
class WatchedSealing {
    /** What the names of threads begin with that only write events. */
    static final String WRITER = "writer-";
    /** What the line of a signature begins with. */
    static final String SIGNED = "signed";

    private final SealingSteps steps;
    private final Durability disk;

    WatchedSealing(SealingSteps steps, @Qualifier("embeddedStore") Durability disk) {
        this.steps = steps;
        this.disk = disk;
    }

    void take(SealingStep step) {
        steps.take(step, step.isCaptured() ? disk::force : () -> {});
    }

    @Bean
    @Primary
    Durability watchedDisk() {
        return () -> {
            take(SealingStep.FORCING);
            disk.force();
            take(SealingStep.FORCED);
        };
    }

    @Bean
    JdbcTransactionManager transactions(DataSource database) {
        return new JdbcTransactionManager(database) {
            @Override
            protected void doCommit(DefaultTransactionStatus status) {
                super.doCommit(status);
                if (!Thread.currentThread().getName().startsWith(WRITER)) {
                    take(SealingStep.LEAVES_COMMITTED);
                }
            }
        };
    }

    @Bean
    @Primary
    Ledger watchedLedger(GrowingLedger ledger) {
        return new Ledger() {
            @Override
            public void follow(long head) {
                ledger.follow(head);
            }

            @Override
            public void append(List<Unplaced> events, long first) {
                take(SealingStep.POSITIONS_WRITTEN);
                ledger.append(events, first);
                take(SealingStep.LEAVES_WRITTEN);
            }

            @Override
            public void durable() {
                take(SealingStep.TREE_DURABLE);
                ledger.durable();
            }

            @Override
            public void requireSealing() {
                ledger.requireSealing();
            }
        };
    }

    @Bean
    OutsideMemory outside() {
        return OutsideMemory.NONE;
    }

    @Bean
    MasterKey masterKey(PromptAuditProperties properties) {
        return MasterKey.in(properties.keys(), true);
    }

    @Bean
    PublishedCheckpoints published(Seals seals) {
        return new PublishedCheckpoints() {
            @Override
            public Optional<SignedNote> newest() {
                return seals.newest();
            }

            @Override
            public Optional<SignedNote> covering(long position, Duration patience) {
                return seals.await(position, patience) ? seals.newest() : Optional.empty();
            }

            @Override
            public String witnessPolicy() {
                return "quorum none\n";
            }
        };
    }

    /** Nothing is decided here on how the ledger is signed. */
    @Bean
    @Primary
    Epochs watchedEpochs(@Qualifier("signingKeys") SigningKeys keys, PromptAuditProperties properties) {
        return new Epochs(new WatchedKeys(keys), List::of, properties.ledger().name(), Duration.ofDays(1),
                InstantSource.system());
    }

    private final class WatchedKeys implements SigningKeys {
        private final SigningKeys keys;

        WatchedKeys(SigningKeys keys) {
            this.keys = keys;
        }

        @Override
        public Optional<String> base() {
            return keys.base();
        }

        @Override
        public int newestEpoch() {
            return keys.newestEpoch();
        }

        @Override
        public List<NoteSigner> signers(KeySet set) {
            List<NoteSigner> signers = keys.signers(set);
            return IntStream.range(0, signers.size())
                    .mapToObj(i -> watched(signers.get(i), i == 0, i == signers.size() - 1)).toList();
        }

        @Override
        public void make(KeySet set) {
            keys.make(set);
        }

        @Override
        public void setAside() {
            keys.setAside();
        }
    }

    private NoteSigner watched(NoteSigner signer, boolean isFirst, boolean isLast) {
        return new NoteSigner() {
            @Override
            public VerifierKey key() {
                return signer.key();
            }

            @Override
            public Bytes sign(String text) {
                if (isFirst) {
                    take(SealingStep.SIGNING);
                }
                Bytes signature = signer.sign(text);
                Said.say(SIGNED, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
                take(isLast ? SealingStep.SIGNED : SealingStep.HALF_SIGNED);
                return signature;
            }
        };
    }

    @Bean
    @Primary
    CheckpointStore watchedPlace(@Qualifier("secondPlace") CheckpointStore place, PromptAuditProperties properties) {
        return new CheckpointStore() {
            @Override
            public Optional<SignedNote> newest() throws IOException {
                return place.newest();
            }

            @Override
            public SignedNote keep(SignedNote checkpoint) throws IOException {
                take(SealingStep.KEEPING);
                steps.take(SealingStep.HALF_KEPT, () -> keepHalf(checkpoint, properties.checkpoints()));
                SignedNote kept = place.keep(checkpoint);
                take(SealingStep.KEPT);
                return kept;
            }
        };
    }

    /** As a kill amid the write would leave the file whose turn it is: the one that does not hold the newest checkpoint. */
    private static void keepHalf(SignedNote checkpoint, Path folder) {
        byte[] whole = checkpoint.encode();
        try {
            Optional<SignedNote> newest = new CheckpointFolder(folder).newest();
            boolean isSecondsTurn = newest.isPresent() && new KeptFile(folder, "checkpoint.0").read().equals(newest);
            try (var file = FileChannel.open(folder.resolve(isSecondsTurn ? "checkpoint.1" : "checkpoint.0"),
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap(whole, 0, whole.length / 2));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
