package io.promptaudit.api;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * An authenticated account and what it may do at this moment. Comes from authentication only, never from a request's body.
 *
 * @param onBehalfOf the person that an agent or a service acts for, or null
 * @param grants the account's own grants
 * @param limits further lists of grants, of each of which one must allow what {@code grants} allow: those of the key that was
 *     presented, and those of the person acted for
 * @param groups the groups the account belongs to
 * @param credential the id of the credential that was presented
 * @param authenticatedAt when the person last proved who they are, by a password or a fresh token; null where nobody did, as
 *     with a key
 */
public record Caller(String account, AccountKind kind, @Nullable String onBehalfOf, List<Grant> grants,
        List<List<Grant>> limits, List<String> groups, String credential, @Nullable Instant authenticatedAt) {
    /** Keeps its own copies. */
    public Caller {
        grants = List.copyOf(grants);
        limits = limits.stream().map(List::copyOf).toList();
        groups = List.copyOf(groups);
    }

    /** A caller without limits and groups. */
    public Caller(String account, AccountKind kind, @Nullable String onBehalfOf, List<Grant> grants, String credential) {
        this(account, kind, onBehalfOf, grants, List.of(), List.of(), credential, null);
    }

    /** When the person at work proved who they are; null for a program, whatever it presents and whomever it acts for. */
    public @Nullable Instant signedInAt() {
        return kind == AccountKind.PERSON ? authenticatedAt : null;
    }

    /** Whose act it is: the person acted for, else the account itself. */
    public String person() {
        return onBehalfOf == null ? account : onBehalfOf;
    }

    /** The same caller, acting for this person, or for nobody if null. What that allows is not decided by it. */
    public Caller actingFor(@Nullable String person) {
        return new Caller(account, kind, person, grants, limits, groups, credential, authenticatedAt);
    }

    /** Whether the caller may know that this prompt exists: any grant on its pattern is enough. */
    public boolean sees(String prompt) {
        return may(grant -> grant.role().readsEverything() || grant.covers(prompt));
    }

    /** Whether the caller reads every prompt, account and policy: auditors and admins do. */
    public boolean readsEverything() {
        return may(grant -> grant.role().readsEverything());
    }

    /** Whether the caller holds the role for this prompt. */
    public boolean holds(Role role, String prompt) {
        return may(grant -> grant.role() == role && grant.covers(prompt));
    }

    /** Whether the caller holds the role on any pattern. */
    public boolean holds(Role role) {
        return may(grant -> grant.role() == role);
    }

    /** Whether the caller deploys this prompt in this environment. */
    public boolean deploys(String prompt, String environment) {
        return may(grant -> grant.role() == Role.DEPLOYER && grant.covers(prompt)
                && grant.environments().contains(environment));
    }

    /** The roles held, on whatever pattern. */
    public Set<Role> roles() {
        var roles = new TreeSet<Role>();
        grants.stream().map(Grant::role).filter(this::holds).forEach(roles::add);
        return roles;
    }

    /** The roles held for this prompt. */
    public List<Role> roles(String prompt) {
        return roles().stream().filter(role -> holds(role, prompt)).toList();
    }

    private boolean may(Predicate<Grant> allows) {
        return grants.stream().anyMatch(allows) && limits.stream().allMatch(limit -> limit.stream().anyMatch(allows));
    }
}
