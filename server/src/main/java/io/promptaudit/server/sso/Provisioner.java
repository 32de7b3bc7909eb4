package io.promptaudit.server.sso;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.promptaudit.api.Grant;
import io.promptaudit.api.Identity;
import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.command.AccountCommand;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.ChangeGroups;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.command.account.AccountState;
import io.promptaudit.command.account.Accounts;
import io.promptaudit.command.account.Identities;
import io.promptaudit.command.account.Standing;
import io.promptaudit.command.trail.DecisionLocks;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.Refused;
import io.promptaudit.command.trail.ServerAccount;
import io.promptaudit.command.validation.CommandValidator;
import io.promptaudit.command.validation.Names;
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.http.RequestContexts;
import io.promptaudit.server.sequence.TrailClock;

/**
 * Makes the account of a token's holder when they first come, and gives it what the provider's groups mean whenever that changed.
 * Both are events by the server. Where nothing changed, nothing is written.
 */
@Component
class Provisioner {
    private static final int MOST_REMEMBERED = 10_000;

    private final Accounts accounts;
    private final Identities identities;
    private final Recorder recorder;
    private final CommandValidator validator;
    private final GroupMapping mapping;
    private final String accountClaim;
    private final InstantSource clock;
    private final DecisionLocks locks = new DecisionLocks();
    /** A token that is older than another one knows less: it must not give back what the newer took away. */
    private final Cache<String, Instant> newestTokens = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
    /** What a rule refused is on record, and is not tried with each request. */
    private final Cache<Identity, Refused> refusals = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(Duration.ofMinutes(1)).build();

    Provisioner(Accounts accounts, Identities identities, Recorder recorder, CommandValidator validator, GroupMapping mapping,
            PromptAuditProperties properties, TrailClock clock) {
        this.accounts = accounts;
        this.identities = identities;
        this.recorder = recorder;
        this.validator = validator;
        this.mapping = mapping;
        this.accountClaim = properties.sso().accountClaim();
        this.clock = clock;
    }

    /**
     * The holder's account, with the grants and groups that this token gives it. One that may not be used is left as it is.
     *
     * @throws SignOnRefused when there can be none, or not with these grants
     */
    String account(Holder holder) {
        Optional<AccountState> known = identities.account(holder.identity());
        if (known.filter(account -> isUpToDate(account, holder)).isPresent()) {
            return known.get().account();
        }
        try (var _ = locks.acquire(new DecisionLocks.Wanted().exclusive(holder.identity().toString()))) {
            Optional<AccountState> now = identities.account(holder.identity());
            now.ifPresent(account -> update(account, holder));
            return now.map(AccountState::account).orElseGet(() -> create(holder));
        }
    }

    /** Also where nothing may be changed any more: whoever is locked out keeps what they had, and does not get in. */
    private boolean isUpToDate(AccountState known, Holder holder) {
        return known.standing() != Standing.OPEN || !isNewest(known.account(), holder.issuedAt())
                || (grants(known, holder).equals(known.grants()) && groups(known, holder).equals(known.groups()));
    }

    /** A token from the future would have the last word for as long. */
    private boolean isNewest(String account, Instant claimed) {
        Instant now = clock.instant();
        Instant issuedAt = claimed.isAfter(now) ? now : claimed;
        Instant newest = newestTokens.asMap().merge(account, issuedAt, (a, b) -> a.isAfter(b) ? a : b);
        return !issuedAt.isBefore(newest);
    }

    private List<Grant> grants(AccountState known, Holder holder) {
        return mapping.grantsOf(holder.groups()).orElse(known.grants());
    }

    private List<String> groups(AccountState known, Holder holder) {
        return mapping.groupsOf(holder.groups()).orElse(known.groups());
    }

    private void update(AccountState known, Holder holder) {
        if (isUpToDate(known, holder)) {
            return;
        }
        List<Grant> grants = grants(known, holder);
        if (!grants.equals(known.grants())) {
            record(new ChangeGrants(known.account(), grants), holder);
        }
        List<String> groups = groups(known, holder);
        if (!groups.equals(known.groups())) {
            record(new ChangeGroups(known.account(), groups), holder);
        }
    }

    private String create(Holder holder) {
        String id = holder.account();
        if (id == null || !Names.isAccount(id)) {
            throw new SignOnRefused("the claim " + accountClaim + " must be there and be what an account can be "
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
        return new CreateAccount(id, name == null ? id : name, null, holder.kind(), null, null,
                mapping.grantsOf(holder.groups()).orElse(List.of()), mapping.groupsOf(holder.groups()).orElse(List.of()),
                holder.identity());
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
