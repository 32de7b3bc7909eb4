package io.promptaudit.command.prompt;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.Grant;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.Role;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.DelegateAllowed;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.GroupsChanged;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.command.trail.TrailDatabase;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.ledger.release.ReleaseCheck;
import io.promptaudit.ledger.verification.Findings;

/** A trail as an evidence pack has it: a prompt's events among those of the environments and accounts that decide. */
final class StoredTrail {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Grant EDITOR = new Grant(Role.EDITOR, Grant.EVERY_PROMPT);

    private static final String SERVER = "system";
    private static final String ADMIN = "admin";

    private final Serializer serializer = TrailDatabase.eventSerializer();
    private final List<Told> events = new ArrayList<>();
    private final Map<String, List<Grant>> grants = new HashMap<>();
    private final Map<String, List<String>> groups = new HashMap<>();
    private final Map<String, Long> revisions = new HashMap<>();
    private int ids;

    /** One stored event, as it can be changed. */
    record Told(String aggregate, String id, String type, ObjectNode payload, ObjectNode metadata, Instant at) {
        Told copy() {
            return new Told(aggregate, id, type, payload.deepCopy(), metadata.deepCopy(), at);
        }

        String is() {
            return type.substring(type.lastIndexOf('.') + 1);
        }
    }

    /** What was told so far, to be changed at will. */
    List<Told> events() {
        return new ArrayList<>(events.stream().map(Told::copy).toList());
    }

    void policy(String environment, ReleasePolicy policy, Instant at) {
        long revision = revisions.merge(environment, 1L, Long::sum);
        given("environment:" + environment, new ReleasePolicyChanged(environment, revision, policy, "because"), at,
                revision == 1 ? SERVER : ADMIN);
    }

    /** Whoever asks may do what they may. */
    void caller(Caller caller, Instant at) {
        if (caller.account().equals(SERVER)) {
            return;
        }
        String person = caller.onBehalfOf();
        account(caller.account(), caller.kind(), caller.kind() == AccountKind.AGENT ? person : null, caller, at);
        if (person != null) {
            account(person, AccountKind.PERSON, null, caller, at);
            if (groups.putIfAbsent(person + " lets " + caller.account(), List.of()) == null) {
                given("account:" + person, new DelegateAllowed(person, caller.account(), null), at, person);
            }
        }
    }

    private void account(String id, AccountKind kind, @Nullable String actsFor, Caller caller, Instant at) {
        var held = new ArrayList<>(caller.grants());
        held.add(EDITOR);
        if (!grants.containsKey(id)) {
            given("account:" + id, new AccountCreated(id, kind, actsFor, null, true, held), at, ADMIN);
        } else if (!held.equals(grants.get(id))) {
            given("account:" + id, new GrantsChanged(id, held), at, ADMIN);
        }
        grants.put(id, held);
        if (!caller.groups().equals(groups.put(id, caller.groups()))) {
            given("account:" + id, new GroupsChanged(id, caller.groups()), at, ADMIN);
        }
    }

    private void given(String aggregate, TrailEvent event, Instant at, String by) {
        if (events.isEmpty()) {
            add("account:" + ADMIN, "first", new AccountCreated(ADMIN, AccountKind.PERSON, null, null, true,
                    List.of(new Grant(Role.ADMIN, Grant.EVERY_PROMPT))), metadata(SERVER, AccountKind.SERVICE, null), at);
        }
        add(aggregate, "given-" + ids++, event,
                metadata(by, by.equals(SERVER) ? AccountKind.SERVICE : AccountKind.PERSON, null),
                at);
    }

    void happened(DomainEventMessage<?> message, Caller caller) {
        add(message.getAggregateIdentifier(), message.getIdentifier(), message.getPayload(),
                metadata(caller.account(), caller.kind(), caller.onBehalfOf()), message.getTimestamp());
    }

    private void add(String aggregate, String id, Object event, ObjectNode metadata, Instant at) {
        var stored = serializer.serialize(event, byte[].class);
        events.add(
                new Told(aggregate, id, stored.getType().getName(), (ObjectNode) JSON.readTree(stored.getData()), metadata, at));
    }

    private static ObjectNode metadata(String account, AccountKind kind, @Nullable String onBehalfOf) {
        ObjectNode metadata = JSON.createObjectNode().put("account", account).put("kind", kind.id()).put("credential",
                "password:" + account);
        return onBehalfOf == null ? metadata : metadata.put("onBehalfOf", onBehalfOf);
    }

    /** What the verifier finds of such a trail. */
    static Findings decidedAgain(List<Told> events) {
        var findings = new Findings();
        var check = new ReleaseCheck(findings);
        check.expectEveryAccount();
        long position = 0;
        for (Told told : events) {
            check.accept(++position, new StoredEvent(told.id(), told.aggregate(), 0, "Prompt", told.type(), "1",
                    told.at().toString(), bytes(told.payload()), bytes(told.metadata())));
        }
        return findings;
    }

    private static Bytes bytes(ObjectNode json) {
        return Bytes.of(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
