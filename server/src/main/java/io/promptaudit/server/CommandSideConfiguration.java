package io.promptaudit.server;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.SecretKey;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.lifecycle.Phase;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.command.account.AccountNames;
import io.promptaudit.command.account.Accounts;
import io.promptaudit.command.account.Admins;
import io.promptaudit.command.account.Credentials;
import io.promptaudit.command.account.Identities;
import io.promptaudit.command.account.Keys;
import io.promptaudit.command.account.PersonalVault;
import io.promptaudit.command.change.FourEyes;
import io.promptaudit.command.environment.EnvironmentNames;
import io.promptaudit.command.environment.Policies;
import io.promptaudit.command.environment.StoredPolicies;
import io.promptaudit.command.prompt.DueSchedules;
import io.promptaudit.command.prompt.PendingSchedules;
import io.promptaudit.command.prompt.PromptCache;
import io.promptaudit.command.prompt.PromptSnapshotter;
import io.promptaudit.command.prompt.SnapshotSeal;
import io.promptaudit.command.trail.Alerts;
import io.promptaudit.command.trail.Answers;
import io.promptaudit.command.trail.Attribution;
import io.promptaudit.command.trail.CommandGate;
import io.promptaudit.command.trail.CommandRecorder;
import io.promptaudit.command.trail.DecisionLocks;
import io.promptaudit.command.trail.LedgerDecisions;
import io.promptaudit.command.trail.Readings;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.Refusals;
import io.promptaudit.command.trail.Sequence;
import io.promptaudit.command.trail.ServerJournal;
import io.promptaudit.command.trail.Settings;
import io.promptaudit.command.validation.CommandValidator;
import io.promptaudit.server.keys.MasterKey;
import io.promptaudit.server.sequence.TrailClock;

/** Wires the side that decides. */
@Configuration(proxyBeanMethods = false)
class CommandSideConfiguration {

    @Bean
    MasterKey masterKey(PromptAuditProperties properties, JdbcClient db) {
        boolean isNeeded = db.sql("select count(*) from account_key").query(Long.class).single() > 0;
        return MasterKey.in(properties.keys(), isNeeded);
    }

    @Bean
    PersonalVault personalVault(JdbcClient db, MasterKey master) {
        SecretKey key = master.derive("account-keys", "AES");
        var vault = new PersonalVault(db, key, JsonMapper.builder().build());
        vault.requireMaster();
        return vault;
    }

    @Bean
    Credentials credentials(JdbcClient db, PasswordEncoder passwords) {
        return new Credentials(db, passwords::encode);
    }

    @Bean
    Keys keys(JdbcClient db, TrailClock clock) {
        return new Keys(db, clock);
    }

    @Bean
    Accounts accounts(EventStore store, Credentials credentials, Keys keys, TrailClock clock) {
        return new Accounts(store, credentials, keys, clock);
    }

    @Bean
    Identities identities(JdbcClient db, Accounts accounts) {
        return new Identities(db, accounts);
    }

    @Bean
    AccountNames accountNames(JdbcClient db) {
        return new AccountNames(db);
    }

    @Bean
    Admins admins(JdbcClient db, Accounts accounts) {
        return new Admins(db, accounts);
    }

    @Bean
    FourEyes fourEyes(Admins admins, PromptAuditProperties properties) {
        return new FourEyes(admins, properties.fourEyesAdmin());
    }

    @Bean
    EnvironmentNames environmentNames(JdbcClient db) {
        return new EnvironmentNames(db);
    }

    @Bean
    Policies policies(EventStore store, EnvironmentNames names) {
        return new StoredPolicies(store, names);
    }

    @Bean
    PromptCache promptCache(PromptAuditProperties properties) {
        return new PromptCache(properties.prompts().cached());
    }

    @Bean
    SnapshotSeal snapshotSeal(MasterKey master, @Qualifier("eventSerializer") Serializer serializer) {
        return new SnapshotSeal(master.derive("snapshots", "HmacSHA256"), serializer);
    }

    @Bean(destroyMethod = "close")
    ExecutorService snapshotExecutor() {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().name("snapshots").daemon().factory());
    }

    @Bean
    PromptSnapshotter promptSnapshotter(EventStore store, TransactionManager transactions,
            @Qualifier("snapshotExecutor") Executor executor, SnapshotSeal seal) {
        return new PromptSnapshotter(store, transactions, executor, seal);
    }

    @Bean
    SnapshotTriggerDefinition promptSnapshots(PromptSnapshotter snapshotter, PromptAuditProperties properties) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, properties.prompts().snapshotEvery());
    }

    @Bean
    Answers answers(JdbcClient db, MasterKey master) {
        return new Answers(db, master.derive("answers", "HmacSHA256"));
    }

    @Bean
    Attribution attributionOfEvents(PersonalVault vault, Accounts accounts) {
        return new Attribution(vault, accounts);
    }

    @Bean
    Refusals refusals(EventStore store, TransactionManager transactions, Sequence sequence, Accounts accounts,
            Attribution attribution, Answers answers, TrailClock clock) {
        return new Refusals(store, transactions, sequence, accounts, attribution, answers, clock);
    }

    @Bean(destroyMethod = "close")
    ExecutorService readingExecutor() {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().name("readings").daemon().factory());
    }

    @Bean
    Readings readings(EventStore store, TransactionManager transactions, Sequence sequence, Attribution attribution,
            @Qualifier("readingExecutor") Executor executor, PromptAuditProperties properties) {
        return new Readings(store, transactions, sequence, attribution, executor, properties.write().timeout());
    }

    @Bean
    ServerJournal serverJournal(EventStore store, TransactionManager transactions, Attribution attribution, Sequence sequence) {
        return new ServerJournal(store, transactions, attribution, sequence);
    }

    @Bean
    Settings settings(ServerJournal journal) {
        return new Settings(journal);
    }

    @Bean
    DecisionLocks decisionLocks() {
        return new DecisionLocks();
    }

    @Bean
    LedgerDecisions ledgerDecisions(ServerJournal journal, Recorder recorder, Accounts accounts, DecisionLocks locks,
            TrailClock clock) {
        return new LedgerDecisions(journal, recorder, accounts, locks, clock);
    }

    @Bean
    Alerts alerts(ServerJournal journal) {
        return new Alerts(journal);
    }

    @Bean
    Recorder recorder(CommandGateway commands, Sequence sequence, Refusals refusals) {
        return new CommandRecorder(commands, sequence, refusals);
    }

    @Bean
    PendingSchedules pendingSchedules(JdbcClient db) {
        return new PendingSchedules(db);
    }

    @Bean
    DueSchedules dueSchedules(PendingSchedules pending, Recorder recorder, TrailClock clock,
            PromptAuditProperties properties) {
        return new DueSchedules(pending, recorder, clock, properties.schedules().grace());
    }

    @Bean
    CommandGate commandGate(DecisionLocks locks, Accounts accounts, CommandValidator validator, Answers answers,
            Attribution attribution, TrailClock clock) {
        return new CommandGate(locks, accounts, validator::validate, answers, attribution, clock);
    }

    /** Before the first command can arrive. */
    @Bean
    ConfigurerModule guard(ObjectProvider<CommandGate> gate) {
        return configurer -> configurer.onInitialize(axon -> axon.onStart(Phase.INSTRUCTION_COMPONENTS,
                () -> axon.commandBus().registerHandlerInterceptor(gate.getObject())));
    }
}
