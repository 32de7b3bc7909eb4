package io.promptaudit.query.feed;

import java.util.Locale;
import java.util.Objects;

import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.AlertCleared;
import io.promptaudit.api.event.AlertRaised;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.ContentRead;
import io.promptaudit.api.event.EnvironmentEvent;
import io.promptaudit.api.event.EpochOpened;
import io.promptaudit.api.event.LedgerKeysRotated;
import io.promptaudit.api.event.PolicyChangeDeclined;
import io.promptaudit.api.event.PolicyChangeProposed;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.api.event.ServerEvent;
import io.promptaudit.api.event.SettingChanged;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.api.event.TrailEvent;

/** Turns what is stored into what is told: the public records, in which content and sealed details have no place. */
final class PublicEvents {
    private PublicEvents() {}

    static CloudEvent of(TrailEvent event, EventMessage<?> message, long position) {
        String actor = Objects.toString(message.getMetaData().get(EventMetadata.ACCOUNT), null);
        String person = Objects.toString(message.getMetaData().get(EventMetadata.ON_BEHALF_OF), null);
        String id = message.getIdentifier();
        Told told = tell(event, id);
        return CloudEvent.of(id, "io.promptaudit." + told.type + ".v1", told.subject, message.getTimestamp(), position,
                actor, person, told.data);
    }

    private static Told tell(TrailEvent event, String id) {
        return switch (event) {
            case PromptEvent e -> PublicPromptEvents.tell(e, id);
            case EnvironmentEvent e -> policy(e);
            case AccountEvent e -> PublicAccountEvents.tell(e);
            case CommandRefused e -> refusal(e);
            case ServerEvent e -> server(e);
            case SignInRefused e -> new Told("sign-in.refused", e.account(),
                    new SignInFailure(e.account(), e.credential().id(), e.reason().id(), e.attempts()));
            case ContentRead e -> new Told("content.read", e.prompt(),
                    new ContentAccess(e.prompt(), e.versions(), e.query(), e.environment()));
        };
    }

    private static Told server(ServerEvent event) {
        return switch (event) {
            case SettingChanged e -> new Told("server.setting-changed", e.setting(), new SettingChange(e.setting(), e.value()));
            case AlertRaised e -> new Told("server.alert-raised", e.alert(), new Alert(e.alert(), e.detail()));
            case AlertCleared e -> new Told("server.alert-cleared", e.alert(), new Alert(e.alert(), null));
            case EpochOpened e -> new Told("ledger.epoch-opened", e.origin(), new LedgerEpoch(e.epoch(), e.origin(), e.keys(),
                    e.retired(), e.reason(), e.kept(), e.finding(), e.checkpoint()));
            case LedgerKeysRotated e -> new Told("ledger.keys-rotated", e.origin(), new LedgerKeyChange(e.origin(),
                    e.generation(), e.retired(), e.keys(), e.reason()));
        };
    }

    private static Told policy(EnvironmentEvent event) {
        return switch (event) {
            case ReleasePolicyChanged e -> new Told("environment.policy-changed", e.environment(),
                    policy(e.environment(), e.revision(), e.policy(), e.reason(), e.confirms(), e.proposedBy()));
            case PolicyChangeProposed e -> new Told("environment.policy-change-proposed", e.environment(),
                    policy(e.environment(), e.basedOn() + 1, e.policy(), e.reason(), null, null));
            case PolicyChangeDeclined e -> new Told("environment.policy-change-declined", e.environment(),
                    new Declined(e.environment(), null, e.change(), e.proposedBy(), e.reason()));
        };
    }

    private static PolicyChange policy(String environment, long revision, ReleasePolicy policy, String reason,
            @Nullable String confirms, @Nullable String proposedBy) {
        var within = policy.reauthenticateWithin();
        var frozen = policy.frozen() == null ? null : policy.frozen().reason();
        return new PolicyChange(environment, revision, policy.requiredApprovals(), policy.authorMayApprove(),
                policy.approverMayDeploy(), policy.requiredChecks(), policy.emergencyAllowed(), frozen, reason, confirms,
                proposedBy, policy.authorsSinceRelease(), policy.approvals().stream().map(PublicEvents::places).toList(),
                within == null ? null : within.toString(), policy.freezeWindows().stream().map(PublicEvents::window).toList());
    }

    private static PolicyChange.Places places(ReleasePolicy.Slot slot) {
        return new PolicyChange.Places(slot.role() == null ? null : slot.role().id(), slot.group(), slot.count());
    }

    private static PolicyChange.Window window(ReleasePolicy.FreezeWindow window) {
        return new PolicyChange.Window(window.from().toString(), window.until().toString(), window.reason());
    }

    private static Told refusal(CommandRefused e) {
        String subject = e.prompt() == null ? e.target().substring(e.target().indexOf(':') + 1) : e.prompt();
        return new Told("command.refused", subject, new Refusal(e.command(), e.target(), e.prompt(), e.version(),
                e.environment(), e.rule().id(), e.detail(), e.policyRevision()));
    }

    static ReleaseChange.@Nullable Replaced replaced(@Nullable ActiveDeployment before) {
        return before == null ? null : new ReleaseChange.Replaced(before.version(), before.deployment());
    }

    /** The public name of a value: lower case. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is told of one event; the type without prefix and version. */
    record Told(String type, @Nullable String subject, Object data) {}
}
