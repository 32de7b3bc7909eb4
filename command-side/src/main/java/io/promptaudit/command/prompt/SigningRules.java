package io.promptaudit.command.prompt;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Rule;
import io.promptaudit.command.environment.Policies;
import io.promptaudit.command.environment.Policies.PolicyInForce;

/**
 * Whether an approval could count anywhere. Only what could not, whatever is released meanwhile, is refused at once; whether
 * it does count is decided where the version is deployed.
 */
final class SigningRules {
    private final List<Entry<String, PolicyInForce>> requiring;

    SigningRules(Policies policies) {
        requiring = policies.all().entrySet().stream().filter(there -> there.getValue().policy().requiresApprovals()).toList();
    }

    /**
     * Passes an approval that could count in some environment, or anywhere when none requires approvals.
     *
     * @param authenticatedAt when the signer proved who they are, or null
     * @throws CommandRejected by the rule that keeps it from counting
     */
    void require(int version, boolean byAuthor, @Nullable Instant authenticatedAt, Instant now) {
        var open = requiring.stream().filter(there -> !byAuthor || there.getValue().policy().authorMayApprove()).toList();
        if (byAuthor && open.isEmpty()) {
            throw authorMayNot("authors do not approve their own versions%s; another reviewer can approve version %d", version);
        }
        if (!open.isEmpty() && open.stream().noneMatch(there -> Signature.isFresh(authenticatedAt, now,
                there.getValue().policy().reauthenticateWithin()))) {
            throw reauthenticationRequired(version, open.stream().max(Comparator.comparing(SigningRules::within)).orElseThrow());
        }
    }

    /**
     * Passes an author who withdraws somebody else's rejection, where an author's approval could count.
     *
     * @throws CommandRejected by {@link Rule#AUTHOR_MAY_NOT_APPROVE} where it could not
     */
    void requireAuthorMayWithdraw(int version) {
        if (requiring.stream().noneMatch(there -> there.getValue().policy().authorMayApprove())) {
            throw authorMayNot("authors do not withdraw what others reject of their own versions%s; another reviewer can withdraw"
                    + " the rejection of version %d", version);
        }
    }

    private CommandRejected authorMayNot(String detail, int version) {
        String where = requiring.stream().map(there -> there.getValue().in(there.getKey())).collect(Collectors.joining(", "));
        return new CommandRejected(Rule.AUTHOR_MAY_NOT_APPROVE,
                detail.formatted(where.isEmpty() ? "" : " in " + where, version),
                requiring.size() == 1 ? requiring.getFirst().getValue().revision() : null);
    }

    private static CommandRejected reauthenticationRequired(int version, Entry<String, PolicyInForce> mildest) {
        return new CommandRejected(Rule.REAUTHENTICATION_REQUIRED,
                "%s counts approvals only within %s of signing in; sign in again yourself, not with a key, and approve version %d"
                        .formatted(mildest.getValue().in(mildest.getKey()), within(mildest), version),
                mildest.getValue().revision());
    }

    private static Duration within(Entry<String, PolicyInForce> there) {
        return Objects.requireNonNullElse(there.getValue().policy().reauthenticateWithin(), ChronoUnit.FOREVER.getDuration());
    }
}
