package io.promptaudit.server.sso;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.stereotype.Component;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Identity;
import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.command.AccountCommand;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.command.account.Accounts;
import io.promptaudit.command.account.Identities;
import io.promptaudit.command.trail.DecisionLocks;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.Refused;
import io.promptaudit.command.trail.ServerAccount;
import io.promptaudit.command.validation.CommandValidator;
import io.promptaudit.command.validation.Names;
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.http.RequestContexts;

/**
 * From a verified token to the account of its holder, which is made when they first come, and given what the provider's groups
 * mean whenever that changed. Both are events by the server. Where nothing changed, nothing is written.
 */
@Component
class SignOn {
    private static final int MOST_REMEMBERED = 10_000;

    private final Accounts accounts;
    private final Identities identities;
    private final Recorder recorder;
    private final CommandValidator validator;
    private final GroupMapping mapping;
    private final PromptAuditProperties.Sso settings;
    private final DecisionLocks locks = new DecisionLocks();
    /** A token that is older than another one knows less: it must not give back what the newer took away. */
    private final Cache<String, Instant> newestTokens = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
    /** What a rule refused is on record, and is not tried with each request. */
    private final Cache<Identity, Refused> refusals = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(Duration.ofMinutes(1)).build();

    SignOn(Accounts accounts, Identities identities, Recorder recorder, CommandValidator validator, GroupMapping mapping,
            PromptAuditProperties properties) {
        this.accounts = accounts;
        this.identities = identities;
        this.recorder = recorder;
        this.validator = validator;
        this.mapping = mapping;
        this.settings = properties.sso();
    }

    /**
     * Who comes in with this token.
     *
     * @param token verified by then
     * @param credential what events are to say of it
     * @throws SignOnRefused when there is no account for its holder, or none that may come in
     */
    Caller caller(ClaimAccessor token, String credential) {
        Holder holder = Holder.of(token, settings);
        Caller person = signedOn(holder, credential);
        @Nullable
        Identity actor = holder.actor();
        if (actor == null) {
            return person;
        }
        String service = identities.account(actor).orElseThrow(() -> new SignOnRefused(
                "the service that acts for " + person.account() + " has no account yet: it gets one when it comes for itself",
                person.account()));
        return admit(new Caller(service, AccountKind.SERVICE, person.account(), List.of(), credential));
    }

    private Caller signedOn(Holder holder, String credential) {
        Optional<Caller> known = identities.account(holder.identity()).map(id -> admit(presented(id, holder, credential)));
        if (known.isPresent() && isUpToDate(known.get(), holder)) {
            return known.get();
        }
        try (var _ = locks.acquire(new DecisionLocks.Wanted().exclusive(holder.identity().toString()))) {
            String account = identities.account(holder.identity()).orElseGet(() -> create(holder));
            update(admit(presented(account, holder, credential)), holder);
            return admit(presented(account, holder, credential));
        }
    }

    private static Caller presented(String account, Holder holder, String credential) {
        return new Caller(account, holder.kind(), null, List.of(), List.of(), List.of(), credential, holder.authenticatedAt());
    }

    private Caller admit(Caller presented) {
        try {
            return accounts.admit(presented);
        } catch (CommandRejected e) {
            throw new SignOnRefused(String.valueOf(e.getMessage()), presented.account());
        }
    }

    private boolean isUpToDate(Caller known, Holder holder) {
        return !isNewest(known.account(), holder.issuedAt()) || (grants(known, holder).equals(known.grants())
                && groups(known, holder).equals(known.groups()));
    }

    private boolean isNewest(String account, Instant issuedAt) {
        Instant newest = newestTokens.asMap().merge(account, issuedAt, (a, b) -> a.isAfter(b) ? a : b);
        return !issuedAt.isBefore(newest);
    }

    private List<Grant> grants(Caller known, Holder holder) {
        return mapping.grantsOf(holder.groups()).orElse(known.grants());
    }

    private List<String> groups(Caller known, Holder holder) {
        return mapping.groupsOf(holder.groups()).orElse(known.groups());
    }

    private void update(Caller known, Holder holder) {
        if (isUpToDate(known, holder)) {
            return;
        }
        List<Grant> grants = grants(known, holder);
        if (!grants.equals(known.grants())) {
            record(new ChangeGrants(known.account(), grants), holder);
        }
    }

    private String create(Holder holder) {
        String id = holder.account();
        if (id == null || !Names.isAccount(id)) {
            throw new SignOnRefused("the claim " + settings.accountClaim() + " must be there and be what an account can be "
                    + "called: 1 to 64 of A-Z a-z 0-9 . _ @ -, beginning with a letter or digit", null);
        }
        if (accounts.find(id).isPresent()) {
            throw new SignOnRefused("the account " + id + " exists and is not linked to your identity; an admin can link it",
                    id);
        }
        CreateAccount named = account(id, holder, holder.name());
        record(isValid(named) ? named : account(id, holder, id), holder);
        return id;
    }

    private CreateAccount account(String id, Holder holder, @Nullable String name) {
        return new CreateAccount(id, name == null ? id : name, holder.kind(), null, null,
                mapping.grantsOf(holder.groups()).orElse(List.of()), holder.identity());
    }

    /** Names are the provider's: one that cannot be a display name keeps nobody out. */
    private boolean isValid(CreateAccount command) {
        try {
            validator.validate(command);
            return true;
        } catch (InvalidValue | MalformedRequest e) {
            return false;
        }
    }

    private void record(AccountCommand command, Holder holder) {
        Refused before = refusals.getIfPresent(holder.identity());
        if (before != null) {
            throw refused(before, command);
        }
        try {
            recorder.record(command, ServerAccount.caller(), RequestContexts.current());
        } catch (InvalidValue | MalformedRequest e) {
            throw new SignOnRefused("the token cannot stand for an account: " + e.getMessage(), null);
        } catch (Refused e) {
            refusals.put(holder.identity(), e);
            throw refused(e, command);
        }
    }

    private static SignOnRefused refused(Refused why, AccountCommand command) {
        return new SignOnRefused(String.valueOf(why.getMessage()), command.account());
    }
}
