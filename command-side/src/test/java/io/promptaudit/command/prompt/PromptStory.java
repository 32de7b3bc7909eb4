package io.promptaudit.command.prompt;

import java.time.Instant;
import java.time.InstantSource;
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

    /** When every story is told. */
    static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    static final InstantSource CLOCK = InstantSource.fixed(NOW);
    /** Schedules have unique ids, so all stories share the table. */
    static final TrailDatabase DATABASE = new TrailDatabase();

    private static final Caller EVERYWHERE = deployer(STAGING, PRODUCTION);

    private final AggregateTestFixture<Prompt> fixture = new AggregateTestFixture<>(Prompt.class);
    private final TestPolicies policies = new TestPolicies();
    private final TestSignIns signIns = new TestSignIns();
    private @Nullable Throwable failure;
    private @Nullable Object answer;

    PromptStory() {
        fixture.registerInjectableResource(policies);
        fixture.registerInjectableResource(CLOCK);
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

    TestSignIns signIns() {
        return signIns;
    }

    /** What came before: it must succeed. Answers the event's id. */
    String did(Actor actor, PromptCommand command) {
        fixture.andGivenCommands(GenericCommandMessage.asCommandMessage(command).andMetaData(metadata(actor)));
        return lastEvent();
    }

    /** The command makes this one event, and its answer names it. */
    void records(Actor actor, PromptCommand command, @Nullable Integer version, PromptEvent event) {
        fixture.when(command, metadata(actor)).expectSuccessfulHandlerExecution().expectEvents(event);
        assertThat(answer).isEqualTo(new Decided(lastEvent(), version, null));
    }

    void recordsNothing(Actor actor, PromptCommand command) {
        fixture.when(command, metadata(actor)).expectSuccessfulHandlerExecution().expectNoEvents();
        assertThat(answer).isEqualTo(Decided.NOTHING);
    }

    /** The rule refuses the command, in these words, whatever the policy. */
    void refuses(Actor actor, PromptCommand command, Rule rule, String detail) {
        refuses(actor, command, rule, detail, null);
    }

    /** The rule refuses the command of somebody who may do this. */
    void refuses(Actor actor, Caller caller, PromptCommand command, Rule rule, String detail) {
        refuses(metadata(actor, caller), command, rule, detail, null);
    }

    /** The rule refuses the command by this revision of a policy. */
    void refuses(Actor actor, PromptCommand command, Rule rule, String detail, @Nullable Long policyRevision) {
        refuses(metadata(actor), command, rule, detail, policyRevision);
    }

    /** The rule refuses the command that comes with this metadata besides. */
    void refusesWith(Map<String, String> besides, Actor actor, PromptCommand command, Rule rule, String detail) {
        var metadata = new HashMap<>(metadata(actor));
        metadata.putAll(besides);
        refuses(metadata, command, rule, detail, null);
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
        fixture.when(command, metadata(actor)).expectNoEvents().expectException(UnknownThing.class);
        assertThat(failure).asInstanceOf(type(UnknownThing.class)).satisfies(unknown -> {
            assertThat(unknown.type()).isEqualTo(type);
            assertThat(unknown).hasMessage(detail);
        });
    }

    /** The command fails so, which nobody foresaw. */
    void fails(Actor actor, PromptCommand command, Class<? extends Throwable> how) {
        fixture.when(command, metadata(actor)).expectNoEvents().expectException(how);
    }

    /** There is no such prompt. */
    void findsNoPrompt(Actor actor, PromptCommand command) {
        fixture.when(command, metadata(actor)).expectNoEvents().expectException(AggregateNotFoundException.class);
    }

    private String lastEvent() {
        String id = "";
        var events = fixture.getEventStore().readEvents("prompt:" + NAME);
        while (events.hasNext()) {
            id = events.next().getIdentifier();
        }
        return id;
    }

    /** As the gate leaves it: who acts, and what they may do, which is everything. */
    static Map<String, Object> metadata(Actor actor) {
        return metadata(actor, EVERYWHERE);
    }

    private static Map<String, Object> metadata(Actor actor, Caller caller) {
        var metadata = new HashMap<String, Object>();
        metadata.put("caller", caller);
        metadata.put(EventMetadata.ACCOUNT, actor.account());
        if (actor.onBehalfOf() != null) {
            metadata.put(EventMetadata.ON_BEHALF_OF, actor.onBehalfOf());
        }
        return metadata;
    }

    static Caller deployer(String... environments) {
        return new Caller("any", AccountKind.PERSON, null, List.of(new Grant(Role.DEPLOYER, "**", List.of(environments))), "");
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
