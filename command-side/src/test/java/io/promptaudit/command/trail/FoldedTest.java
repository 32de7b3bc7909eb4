package io.promptaudit.command.trail;

import java.util.ArrayList;
import java.util.List;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.event.PasswordSet;

import static org.assertj.core.api.Assertions.assertThat;

/** States folded from an event store in memory. */
class FoldedTest {
    private final EventStore store = EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
    private final List<Long> read = new ArrayList<>();
    private final Folded<List<Long>> folded = new Folded<>(store, List.of(), this::fold);

    private List<Long> fold(List<Long> before, DomainEventMessage<?> event) {
        read.add(event.getSequenceNumber());
        var after = new ArrayList<>(before);
        after.add(event.getSequenceNumber());
        return List.copyOf(after);
    }

    private void happens(String account, long sequence) {
        store.publish(new GenericDomainEventMessage<>("Account", account, sequence, new PasswordSet(account)));
    }

    @Test
    void areNothingWithoutEvents() {
        assertThat(folded.current("a")).isEmpty();
    }

    @Test
    void holdEveryEventInOrder() {
        happens("a", 0);
        happens("a", 1);
        happens("a", 2);
        assertThat(folded.current("a")).containsExactly(0L, 1L, 2L);
    }

    @Test
    void areNeverOlderThanTheStore() {
        for (long sequence = 0; sequence < 50; sequence++) {
            happens("a", sequence);
            assertThat(folded.current("a")).hasSize((int) sequence + 1).endsWith(sequence);
        }
    }

    @Test
    void readOnlyWhatIsNew() {
        happens("a", 0);
        happens("a", 1);
        folded.current("a");
        folded.current("a");
        happens("a", 2);
        folded.current("a");
        assertThat(read).containsExactly(0L, 1L, 2L);
    }

    @Test
    void doNotRememberThatThereWasNothing() {
        assertThat(folded.current("a")).isEmpty();
        happens("a", 0);
        assertThat(folded.current("a")).containsExactly(0L);
    }

    @Test
    void keepAggregatesApart() {
        happens("a", 0);
        happens("b", 0);
        happens("b", 1);
        assertThat(folded.current("a")).containsExactly(0L);
        assertThat(folded.current("b")).containsExactly(0L, 1L);
    }

    @Test
    void holdManyMoreThanAreRemembered() {
        for (int i = 0; i < 12_000; i++) {
            happens("account " + i, 0);
            folded.current("account " + i);
        }
        assertThat(folded.current("account 0")).containsExactly(0L);
        assertThat(folded.current("account 11999")).containsExactly(0L);
    }
}
