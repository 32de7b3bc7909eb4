package io.promptaudit.command.prompt;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Content;
import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.Grant;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.command.PromptCommand;
import io.promptaudit.api.command.PromptCommand.ApprovePrompt;
import io.promptaudit.api.command.PromptCommand.CreatePrompt;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.api.command.PromptCommand.EditPrompt;
import io.promptaudit.api.command.PromptCommand.RejectPrompt;
import io.promptaudit.api.command.PromptCommand.RollBackPrompt;
import io.promptaudit.api.command.PromptCommand.ScheduleDeployment;
import io.promptaudit.api.command.PromptCommand.WithdrawPrompt;
import io.promptaudit.api.event.CountedApproval;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.command.trail.Actor;
import io.promptaudit.command.trail.Decided;
import io.promptaudit.command.trail.TrailDatabase;
import io.promptaudit.command.validation.Digests;

import static io.promptaudit.command.prompt.TestPolicies.PRODUCTION;
import static io.promptaudit.command.prompt.TestPolicies.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/** Tells what several people do to one prompt, through Axon's fixture. */
final class PromptStory {
    static final String NAME = "clinical/intake";
    static final Actor ADA = new Actor("ada", null);
    static final Actor BEN = new Actor("ben", null);
    static final Actor CLEO = new Actor("cleo", null);
    static final Actor DAN = new Actor("dan", null);
    static final Actor ADAS_AGENT = new Actor("ada-agent", "ada");

    /** When every story begins. */
    static final Instant NOW = TestClock.START;
    /** Schedules have unique ids, so all stories share the table. */
    static final TrailDatabase DATABASE = new TrailDatabase();
    private static final Grant REVIEWER = new Grant(Role.REVIEWER, Grant.EVERY_PROMPT);

    private final AggregateTestFixture<Prompt> fixture = new AggregateTestFixture<>(Prompt.class);
    private final TestPolicies policies = new TestPolicies();
    private final TestClock clock = new TestClock();
    private final TestSignIns signIns = new TestSignIns();
    private @Nullable Throwable failure;
    private @Nullable Object answer;

    PromptStory() {
        fixture.givenCurrentTime(clock.instant());
        fixture.registerInjectableResource(policies);
        fixture.registerInjectableResource(clock);
        fixture.registerInjectableResource(signIns);
        fixture.registerInjectableResource(new PendingSchedules(DATABASE.client()));
        fixture.registerCommandHandlerInterceptor(new CorrelationDataInterceptor<>(List
                .of(new SimpleCorrelationDataProvider(EventMetadata.ACCOUNT, EventMetadata.ON_BEHALF_OF))));
        fixture.registerCommandHandlerInterceptor((unitOfWork, chain) -> {
            try {
                answer = chain.proceed();
                return answer;
            } catch (Exception e) {
                failure = e;
                throw e;
            }
        });
    }

    TestPolicies policies() {
        return policies;
    }

    void pass(Duration time) {
        clock.pass(time);
        fixture.andGivenCurrentTime(clock.instant());
    }

    /** Somebody who reviews and deploys every prompt and has just signed in. */
    Caller caller(Actor actor, String... groups) {
        return signedIn(actor, clock.instant(), groups);
    }

    static Caller signedIn(Actor actor, @Nullable Instant authenticatedAt, String... groups) {
        return new Caller(actor.account(), actor.onBehalfOf() == null ? AccountKind.PERSON : AccountKind.AGENT,
                actor.onBehalfOf(), List.of(REVIEWER, deployer(STAGING, PRODUCTION)), List.of(), List.of(groups),
                "credential", authenticatedAt);
    }

    TestSignIns signIns() {
        return signIns;
    }

    /** What came before: it must succeed. Answers the event's id. */
    String did(Actor actor, PromptCommand command) {
        return did(caller(actor), command);
    }

    String did(Caller caller, PromptCommand command) {
        fixture.andGivenCommands(GenericCommandMessage.asCommandMessage(command).andMetaData(metadata(caller)));
        return lastEvent();
    }

    /** The command makes this one event, and its answer names it. */
    void records(Actor actor, PromptCommand command, @Nullable Integer version, PromptEvent event) {
        records(caller(actor), command, version, event);
    }

    void records(Caller caller, PromptCommand command, @Nullable Integer version, PromptEvent event) {
        fixture.when(command, metadata(caller)).expectSuccessfulHandlerExecution().expectEvents(event);
        assertThat(answer).isEqualTo(new Decided(lastEvent(), version, null));
    }

    void recordsNothing(Actor actor, PromptCommand command) {
        fixture.when(command, metadata(caller(actor))).expectSuccessfulHandlerExecution().expectNoEvents();
        assertThat(answer).isEqualTo(Decided.NOTHING);
    }

    /** The rule refuses the command, in these words, whatever the policy. */
    void refuses(Actor actor, PromptCommand command, Rule rule, String detail) {
        refuses(actor, command, rule, detail, null);
    }

    /** The rule refuses the command by this revision of a policy. */
    void refuses(Actor actor, PromptCommand command, Rule rule, String detail, @Nullable Long policyRevision) {
        refuses(caller(actor), command, rule, detail, policyRevision);
    }

    /** The rule refuses the command that comes with this metadata besides. */
    void refusesWith(Map<String, String> besides, Actor actor, PromptCommand command, Rule rule, String detail) {
        var metadata = new HashMap<>(metadata(caller(actor)));
        metadata.putAll(besides);
        refuses(metadata, command, rule, detail, null);
    }

    void refuses(Caller caller, PromptCommand command, Rule rule, String detail, @Nullable Long policyRevision) {
        refuses(metadata(caller), command, rule, detail, policyRevision);
    }

    private void refuses(Map<String, Object> metadata, PromptCommand command, Rule rule, String detail,
            @Nullable Long policyRevision) {
        fixture.when(command, metadata).expectNoEvents().expectException(CommandRejected.class);
        assertThat(failure).asInstanceOf(type(CommandRejected.class)).satisfies(rejected -> {
            assertThat(rejected.rule()).isEqualTo(rule);
            assertThat(rejected).hasMessage(detail);
            assertThat(rejected.policyRevision()).isEqualTo(policyRevision);
        });
    }

    /** The command names something that does not exist. */
    void doesNotKnow(Actor actor, PromptCommand command, String type, String detail) {
        fixture.when(command, metadata(caller(actor))).expectNoEvents().expectException(UnknownThing.class);
        assertThat(failure).asInstanceOf(type(UnknownThing.class)).satisfies(unknown -> {
            assertThat(unknown.type()).isEqualTo(type);
            assertThat(unknown).hasMessage(detail);
        });
    }

    /** The command fails so, which nobody foresaw. */
    void fails(Actor actor, PromptCommand command, Class<? extends Throwable> how) {
        fixture.when(command, metadata(caller(actor))).expectNoEvents().expectException(how);
    }

    /** There is no such prompt. */
    void findsNoPrompt(Actor actor, PromptCommand command) {
        fixture.when(command, metadata(caller(actor))).expectNoEvents().expectException(AggregateNotFoundException.class);
    }

    private String lastEvent() {
        String id = "";
        var events = fixture.getEventStore().readEvents("prompt:" + NAME);
        while (events.hasNext()) {
            id = events.next().getIdentifier();
        }
        return id;
    }

    /** What stands behind the gate with a command of the caller. */
    static Map<String, Object> metadata(Caller caller) {
        var metadata = new HashMap<String, Object>();
        metadata.put("caller", caller);
        metadata.put(EventMetadata.ACCOUNT, caller.account());
        if (caller.onBehalfOf() != null) {
            metadata.put(EventMetadata.ON_BEHALF_OF, caller.onBehalfOf());
        }
        return metadata;
    }

    /** Somebody with this grant alone. */
    static Caller only(Actor actor, Grant grant) {
        return new Caller(actor.account(), AccountKind.PERSON, actor.onBehalfOf(), List.of(grant), "credential");
    }

    static Grant deployer(String... environments) {
        return new Grant(Role.DEPLOYER, Grant.EVERY_PROMPT, List.of(environments));
    }

    /** Ada wrote this many versions. */
    PromptStory versions(int count) {
        did(ADA, create());
        for (int version = 2; version <= count; version++) {
            did(ADA, edit(version - 1));
        }
        return this;
    }

    static CreatePrompt create() {
        return new CreatePrompt(NAME, PromptType.TEXT, content(1), Map.of(), "first", null, null, null, List.of());
    }

    static EditPrompt edit(int basedOn) {
        return new EditPrompt(NAME, basedOn, PromptType.TEXT, content(basedOn + 1), Map.of(), "better");
    }

    static ApprovePrompt approve(int version) {
        return new ApprovePrompt(NAME, version, null, null);
    }

    /** The approval of somebody who reviews and has just signed in. */
    PromptApproved approved(int version) {
        return new PromptApproved(NAME, version, digest(version), null, "approval", List.of(Role.REVIEWER, Role.DEPLOYER),
                List.of(), clock.instant());
    }

    /** What a deployment says of an approval given just now. */
    CountedApproval counted(String approval, String account) {
        return new CountedApproval(approval, account, clock.instant(), "approval");
    }

    static RejectPrompt reject(int version) {
        return new RejectPrompt(NAME, version, "too vague");
    }

    static DeployPrompt deploy(int version, String environment) {
        return new DeployPrompt(NAME, version, environment, "ready", null, false);
    }

    static DeployPrompt emergency(int version, String environment) {
        return new DeployPrompt(NAME, version, environment, "it is down", "INC-7", true);
    }

    static ScheduleDeployment schedule(int version, String environment) {
        return new ScheduleDeployment(NAME, version, environment, NOW.plusSeconds(60), "at night", "CHG-9");
    }

    static RollBackPrompt rollBack(@Nullable Integer version, String environment) {
        return new RollBackPrompt(NAME, environment, version, "it misleads");
    }

    static WithdrawPrompt withdraw(String environment) {
        return new WithdrawPrompt(NAME, environment, "no longer needed");
    }

    static Content content(int version) {
        return new Content.Text("Text of version " + version);
    }

    static String digest(int version) {
        return Digests.of(PromptType.TEXT, content(version), Map.of());
    }
}
