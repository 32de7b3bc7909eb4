package io.promptaudit.ledger.release;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What one account may do, told from its events. */
final class Account {
    final String kind;
    /** Of an agent: for whom it acts, and nobody else. */
    final @Nullable String actsFor;
    List<Grant> grants;
    List<String> groups = List.of();
    /** What became of it if it cannot be used, or null. */
    @Nullable
    String ended;
    /** Whether somebody comes in as it by single sign-on. */
    boolean linked;
    /** The server made it for somebody who comes so, and did not say yet for whom. */
    boolean awaitsIdentity;
    /** Its keys that were not revoked. */
    final Map<String, Key> keys = new HashMap<>();
    /** Who may act for it, and until when. */
    final Map<String, Instant> delegates = new HashMap<>();

    /** When a key ends, and what it is limited to. */
    record Key(Instant endsAt, @Nullable List<Grant> limit) {}

    Account(Act act) {
        Fields created = act.body();
        awaitsIdentity = act.by().isServer() && !created.flag("password");
        kind = created.text("kind");
        actsFor = created.findText("actsFor");
        grants = Grant.list(created, "grants");
    }

    void apply(Act act) {
        Fields body = act.body();
        switch (act.type()) {
            case "GrantsChanged" -> grants = Grant.list(body, "grants");
            case "GroupsChanged" -> groups = body.texts("groups");
            case "IdentityLinked" -> {
                linked = true;
                awaitsIdentity = false;
            }
            case "AccountLocked" -> ended = "locked";
            case "AccountUnlocked" -> ended = null;
            case "AccountClosed" -> ended = "closed";
            case "AccountErased" -> ended = "erased";
            case "KeyCreated" -> keys.put(body.text("key"), new Key(orNever(body.findInstant("expiresAt")),
                    body.find("grants") == null ? null : Grant.list(body, "grants")));
            case "KeyRotated" -> {
                Key old = keys.get(body.text("key"));
                if (old != null) {
                    keys.put(body.text("key"), new Key(body.instant("endsAt"), old.limit()));
                    keys.put(body.text("successor"), new Key(orNever(body.findInstant("expiresAt")), old.limit()));
                }
            }
            case "KeyRevoked" -> keys.remove(body.text("key"));
            case "DelegateAllowed" -> delegates.put(body.text("delegate"), orNever(body.findInstant("until")));
            case "DelegateWithdrawn" -> delegates.remove(body.text("delegate"));
            default -> {
                // Names, passwords and proposals allow nothing.
            }
        }
    }

    private static Instant orNever(@Nullable Instant end) {
        return end == null ? Instant.MAX : end;
    }

    /** Whether it may act for this person, if the person lets it. */
    boolean mayActFor(String person) {
        return kind.equals("service") || (kind.equals("agent") && person.equals(actsFor));
    }

    /** Whether it lets this account act for it at that moment. */
    boolean lets(String delegate, Instant at) {
        return at.isBefore(delegates.getOrDefault(delegate, Instant.MIN));
    }
}
