package io.promptaudit.server.sso;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.stereotype.Component;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Identity;
import io.promptaudit.command.account.AccountState;
import io.promptaudit.command.account.Accounts;
import io.promptaudit.command.account.Identities;
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.sequence.TrailClock;

/** From a verified token to whoever comes in with it: its holder, or a service on behalf of its holder. */
@Component
class SignOn {
    /** How far the provider's clock and ours may differ. */
    static final Duration SKEW = Duration.ofMinutes(1);

    private final Accounts accounts;
    private final Identities identities;
    private final Provisioner provisioner;
    private final Tickets tickets;
    private final PromptAuditProperties.Sso settings;
    private final InstantSource clock;

    SignOn(Accounts accounts, Identities identities, Provisioner provisioner, Tickets tickets,
            PromptAuditProperties properties, TrailClock clock) {
        this.accounts = accounts;
        this.identities = identities;
        this.provisioner = provisioner;
        this.tickets = tickets;
        this.settings = properties.sso();
        this.clock = clock;
    }

    /**
     * Who comes in with this token.
     *
     * @param token verified by then
     * @param credential what events are to say of it
     * @param until how long that is good
     * @param onBehalfOf the person that the request names to act for, or null
     * @throws SignOnRefused when there is no account for its holder, or none that may come in
     */
    Caller caller(ClaimAccessor token, String credential, Instant until, @Nullable String onBehalfOf) {
        Holder holder = Holder.of(token, settings);
        String account = provisioner.account(holder);
        @Nullable
        Identity actor = holder.actor();
        tickets.shown(credential, actor == null ? holder.identity() : actor, until);
        if (actor == null) {
            return admit(new Caller(account, holder.kind(), onBehalfOf, List.of(), List.of(), List.of(), credential,
                    proven(holder)));
        }
        if (onBehalfOf != null && !onBehalfOf.equals(account)) {
            throw new SignOnRefused("the token says for whom it acts, and that is " + account, account);
        }
        AccountState service = identities.account(actor).orElseThrow(() -> new SignOnRefused(
                "the service that acts for " + account + " has no account yet: it gets one when it comes for itself", account));
        return admit(new Caller(service.account(), service.kind(), account, List.of(), credential));
    }

    private Caller admit(Caller presented) {
        try {
            return accounts.admit(presented);
        } catch (CommandRejected e) {
            throw new SignOnRefused(String.valueOf(e.getMessage()), presented.account());
        }
    }

    /** A moment to come says nothing: whoever sent it counts in another unit, or by a clock that is wrong. */
    private @Nullable Instant proven(Holder holder) {
        Instant moment = holder.authenticatedAt();
        return moment != null && moment.isAfter(clock.instant().plus(SKEW)) ? null : moment;
    }
}
