package io.promptaudit.command.change;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.Grant;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.ChangeCommand.ConfirmChange;
import io.promptaudit.api.command.ChangeCommand.DeclineChange;
import io.promptaudit.api.command.Command;
import io.promptaudit.command.account.Account;
import io.promptaudit.command.account.AccountNames;
import io.promptaudit.command.account.Accounts;
import io.promptaudit.command.account.Admins;
import io.promptaudit.command.account.Credentials;
import io.promptaudit.command.account.Identities;
import io.promptaudit.command.account.Keys;
import io.promptaudit.command.account.PersonalVault;
import io.promptaudit.command.environment.Environment;
import io.promptaudit.command.environment.EnvironmentNames;
import io.promptaudit.command.trail.Decided;
import io.promptaudit.command.trail.ServerAccount;
import io.promptaudit.command.trail.TrailDatabase;

import static java.util.Objects.requireNonNull;

/** Accounts and environments on a command bus of their own, with real tables on H2, and who does what there. */
final class Company implements AutoCloseable {
    private static final String PASSWORD = "correct horse battery";

    private final TrailDatabase database = new TrailDatabase();
    private final Configuration axon;

    Company(boolean fourEyes) {
        var vault = new PersonalVault(database.client(), new SecretKeySpec(new byte[32], "AES"),
                JsonMapper.builder().build());
        var credentials = new Credentials(database.client(), password -> "hash of " + password.length());
        var names = new EnvironmentNames(database.client());
        var keys = new Keys(database.client(), InstantSource.system());
        axon = DefaultConfigurer.defaultConfiguration(false).configureEmbeddedEventStore(_ -> new InMemoryEventStorageEngine())
                .configureCorrelationDataProviders(_ -> List.of(new SimpleCorrelationDataProvider(EventMetadata.ACCOUNT,
                        EventMetadata.KIND, EventMetadata.ON_BEHALF_OF)))
                .registerComponent(PersonalVault.class, _ -> vault).registerComponent(Credentials.class, _ -> credentials)
                .registerComponent(EnvironmentNames.class, _ -> names)
                .registerComponent(AccountNames.class, _ -> new AccountNames(database.client()))
                .registerComponent(Keys.class, _ -> keys).registerComponent(InstantSource.class, _ -> InstantSource.system())
                .registerComponent(Accounts.class, c -> new Accounts(c.eventStore(), credentials, keys, InstantSource.system()))
                .registerComponent(Identities.class, c -> new Identities(database.client(), c.getComponent(Accounts.class)))
                .registerComponent(Admins.class, c -> new Admins(database.client(), c.getComponent(Accounts.class)))
                .registerComponent(FourEyes.class, c -> new FourEyes(c.getComponent(Admins.class), fourEyes))
                .configureAggregate(Environment.class).configureAggregate(Account.class)
                .registerCommandHandler(c -> new ChangeDesk(c.repository(Environment.class), c.repository(Account.class), names,
                        c.getComponent(Admins.class)))
                .start();
    }

    /** Somebody who sends commands. */
    record Who(String account, AccountKind kind, @Nullable String onBehalfOf) {
        static Who person(String account) {
            return new Who(account, AccountKind.PERSON, null);
        }

        private Map<String, String> metadata() {
            var metadata = new HashMap<>(Map.of(EventMetadata.ACCOUNT, account, EventMetadata.KIND, kind.id()));
            if (onBehalfOf != null) {
                metadata.put(EventMetadata.ON_BEHALF_OF, onBehalfOf);
            }
            return metadata;
        }
    }

    Decided send(Who who, Command command) {
        return axon.commandGateway()
                .sendAndWait(GenericCommandMessage.asCommandMessage(command).andMetaData(who.metadata()), 1,
                        TimeUnit.MINUTES);
    }

    /** An account with a password, or without one. */
    void account(String id, AccountKind kind, @Nullable String actsFor, boolean password, Grant... grants) {
        send(Who.person(ServerAccount.ID),
                new CreateAccount(id, id, kind, actsFor, password ? PASSWORD : null, List.of(grants)));
    }

    Decided confirm(Who who, String target, Decided proposed) {
        return send(who, new ConfirmChange(requireNonNull(proposed.eventId()), target, "read"));
    }

    Decided decline(Who who, String target, Decided proposed) {
        return send(who, new DeclineChange(requireNonNull(proposed.eventId()), target, "no"));
    }

    /** What happened to one aggregate, in order. */
    List<Object> events(String aggregate) {
        return axon.eventStore().readEvents(aggregate).asStream().<Object>map(message -> message.getPayload()).toList();
    }

    /** The newest event of one aggregate. */
    Object last(String aggregate) {
        return events(aggregate).getLast();
    }

    @Override
    public void close() {
        axon.shutdown();
        database.close();
    }
}
