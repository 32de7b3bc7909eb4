package io.promptaudit.command.environment;

import java.time.InstantSource;
import java.util.List;

import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.ReleasePolicy.Freeze;
import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.command.account.Accounts;
import io.promptaudit.command.account.Admins;
import io.promptaudit.command.account.Credentials;
import io.promptaudit.command.account.Keys;
import io.promptaudit.command.change.FourEyes;
import io.promptaudit.command.environment.Policies.PolicyInForce;
import io.promptaudit.command.trail.Decided;
import io.promptaudit.command.trail.TrailDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Environments and the policies in force, with the real table of names on H2. */
class EnvironmentTest {
    private static final ReleasePolicy LENIENT = new ReleasePolicy(0, true, true, List.of(), true, null);
    private static final ReleasePolicy STRICT = new ReleasePolicy(2, false, false, List.of("evals"), false,
            new Freeze("audit week"));

    private final TrailDatabase database = new TrailDatabase();
    private final EnvironmentNames names = new EnvironmentNames(database.client());

    private Admins noAdmins() {
        var credentials = new Credentials(database.client(), password -> password);
        var store = EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
        return new Admins(database.client(),
                new Accounts(store, credentials, new Keys(database.client(), InstantSource.system()), InstantSource.system()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Nested
    class ChangingThePolicy {
        private final AggregateTestFixture<Environment> environment = new AggregateTestFixture<>(Environment.class);

        ChangingThePolicy() {
            environment.registerInjectableResource(names).registerInjectableResource(new FourEyes(noAdmins(), true));
        }

        @Test
        void ofAnUnknownEnvironmentCreatesItWithRevisionOne() {
            environment.givenNoPriorActivity().when(new ChangePolicy("canary", LENIENT, "we try"))
                    .expectEvents(new ReleasePolicyChanged("canary", 1, LENIENT, "we try"));
            assertThat(names.all()).containsExactly("canary");
        }

        @Test
        void countsRevisionsAndKeepsThePolicyWhole() {
            environment.givenCommands(new ChangePolicy("canary", LENIENT, "we try"), new ChangePolicy("canary", STRICT, "audit"))
                    .when(new ChangePolicy("canary", LENIENT, "audit over"))
                    .expectEvents(new ReleasePolicyChanged("canary", 3, LENIENT, "audit over"));
            assertThat(names.all()).containsExactly("canary");
        }

        @Test
        void recordsTheSamePolicyAgain() {
            environment.givenCommands(new ChangePolicy("canary", LENIENT, "we try"))
                    .when(new ChangePolicy("canary", LENIENT, "reviewed, unchanged"))
                    .expectEvents(new ReleasePolicyChanged("canary", 2, LENIENT, "reviewed, unchanged"));
        }

        @Test
        void answersTheEventAndTheRevision() {
            var answer = new Object[1];
            environment.registerCommandHandlerInterceptor((unitOfWork, chain) -> answer[0] = chain.proceed());
            environment.givenCommands(new ChangePolicy("canary", LENIENT, "we try"))
                    .when(new ChangePolicy("canary", STRICT, "audit")).expectSuccessfulHandlerExecution();
            var events = environment.getEventStore().readEvents("environment:canary");
            events.next();
            assertThat(answer[0]).isEqualTo(new Decided(events.next().getIdentifier(), null, 2L));
        }
    }

    @Nested
    class Names {
        @Test
        void areInOrder() {
            names.add("staging");
            names.add("canary");
            assertThat(names.all()).containsExactly("canary", "staging");
        }

        @Test
        void areTakenOnce() {
            names.add("canary");
            assertThatExceptionOfType(DuplicateKeyException.class)
                    .isThrownBy(() -> names.add("canary"));
        }
    }

    @Nested
    class PoliciesInForce {
        private final EventStore store = EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
        private final StoredPolicies policies = new StoredPolicies(store, names);

        private void changed(String name, long revision, ReleasePolicy policy) {
            store.publish(new GenericDomainEventMessage<>("Environment", "environment:" + name, revision - 1,
                    new ReleasePolicyChanged(name, revision, policy, "because")));
        }

        @Test
        void areNoneForAnUnknownEnvironment() {
            assertThat(policies.of("canary")).isEmpty();
            assertThat(policies.all()).isEmpty();
        }

        @Test
        void areTheLatest() {
            changed("canary", 1, LENIENT);
            assertThat(policies.of("canary")).contains(new PolicyInForce(LENIENT, 1));
            changed("canary", 2, STRICT);
            assertThat(policies.of("canary")).contains(new PolicyInForce(STRICT, 2));
        }

        @Test
        void areThereForEveryNameThatHasOne() {
            names.add("canary");
            names.add("production");
            names.add("unborn");
            changed("canary", 1, LENIENT);
            changed("production", 1, STRICT);
            assertThat(policies.all()).containsOnlyKeys("canary", "production")
                    .containsEntry("production", new PolicyInForce(STRICT, 1));
        }
    }
}
