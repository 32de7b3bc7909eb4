package io.promptaudit.api;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * An authenticated account and the grants it holds at this moment. Comes from authentication only, never from a request's
 * body.
 *
 * @param onBehalfOf the person an agent acts for, or null
 * @param credential the id of the credential that was presented
 */
public record Caller(String account, AccountKind kind, @Nullable String onBehalfOf, List<Grant> grants, String credential) {

    /** Keeps its own copy of the grants. */
    public Caller {
        grants = List.copyOf(grants);
    }

    /** Whether the caller may know that this prompt exists: any grant on its pattern is enough. */
    public boolean sees(String prompt) {
        return readsEverything() || grants.stream().anyMatch(grant -> grant.covers(prompt));
    }

    /** Whether the caller reads every prompt, account and policy: auditors and admins do. */
    public boolean readsEverything() {
        return grants.stream().anyMatch(grant -> grant.role().readsEverything());
    }

    /** Whether the caller holds the role for this prompt. */
    public boolean holds(Role role, String prompt) {
        return grants.stream().anyMatch(grant -> grant.role() == role && grant.covers(prompt));
    }

    /** Whether the caller holds the role on any pattern. */
    public boolean holds(Role role) {
        return grants.stream().anyMatch(grant -> grant.role() == role);
    }

    /** Whether the caller deploys this prompt in this environment. */
    public boolean deploys(String prompt, String environment) {
        return grants.stream().anyMatch(grant -> grant.role() == Role.DEPLOYER && grant.covers(prompt)
                && grant.environments().contains(environment));
    }

    /** The roles held, on whatever pattern. */
    public Set<Role> roles() {
        var roles = new TreeSet<Role>();
        grants.forEach(grant -> roles.add(grant.role()));
        return roles;
    }
}
