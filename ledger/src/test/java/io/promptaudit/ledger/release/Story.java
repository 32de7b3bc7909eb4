package io.promptaudit.ledger.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.ledger.pack.EventLine;
import io.promptaudit.ledger.verification.Findings;

/** Stored events of a small company: who acts is an account, or {@code account/person} where it acts for somebody. */
public final class Story {
    /** The prompt that all of it is about. */
    public static final String PROMPT = "clinical/intake";
    /** Asks for one approval by another than the author. */
    public static final String ONE = policy("");

    private final List<EventLine> lines = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, String> kinds = new HashMap<>(Map.of("system", "service"));
    private final Map<Integer, String> digests = new HashMap<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00.120Z");

    /** A policy like {@link #ONE} with other fields, each with a comma behind. The last one of a name would be read twice. */
    public static String policy(String fields) {
        var policy = new StringBuilder("{").append(fields);
        Map.of("requiredApprovals", "1", "authorMayApprove", "false", "approverMayDeploy", "true", "requiredChecks", "[]",
                "emergencyAllowed", "true").forEach((name, value) -> {
                    if (!fields.contains("\"" + name + "\"")) {
                        policy.append('"').append(name).append("\":").append(value).append(',');
                    }
                });
        return policy.append("\"later\":{}}").toString();
    }

    /** A story whose people are there: ada and eve write, ben and cleo review, dan deploys and reviews, admin is one. */
    public static Story begun() {
        var story = new Story();
        story.account("admin", "person", "admin");
        story.account("ada", "person", "editor", "reviewer", "deployer");
        story.account("eve", "person", "editor", "reviewer");
        story.account("ben", "person", "reviewer");
        story.account("cleo", "person", "reviewer");
        story.account("dan", "person", "deployer", "reviewer");
        story.policy("production", ONE);
        return story;
    }

    /** A new account, with these roles for clinical prompts. */
    public Story account(String id, String kind, String... roles) {
        kinds.put(id, kind);
        add("account:" + id, "AccountCreated", lines.isEmpty() ? "system" : "admin",
                "\"account\":\"%s\",\"kind\":\"%s\",\"password\":true,\"grants\":%s"
                        .formatted(id, kind, grants(roles)));
        return this;
    }

    /** What the account holds from now on, as an admin wants it. */
    public Story grants(String id, String... roles) {
        add("account:" + id, "GrantsChanged", "admin", "\"account\":\"%s\",\"grants\":%s".formatted(id, grants(roles)));
        return this;
    }

    private static String grants(String... roles) {
        return Arrays.stream(roles).map(role -> "{\"role\":\"%s\",\"prompts\":\"clinical/**\"%s}".formatted(role,
                role.equals("deployer") ? ",\"environments\":[\"staging\",\"production\"]" : "")).toList().toString();
    }

    /** The environment's next policy. */
    public String policy(String environment, String policy) {
        long revision = lines.stream().filter(line -> line.event().aggregateId().equals("environment:" + environment)).count()
                + 1;
        return add("environment:" + environment, "ReleasePolicyChanged", revision == 1 ? "system" : "admin",
                "\"environment\":\"%s\",\"revision\":%d,\"policy\":%s,\"reason\":\"because\"".formatted(environment, revision,
                        policy));
    }

    /** Time goes by. */
    public Story pass(Duration time) {
        now = now.plus(time);
        return this;
    }

    /** When the last event was recorded. */
    public Instant now() {
        return now;
    }

    /** The first or the next version. */
    public String write(String by, int version) {
        String substance = "\"config\":{},\"content\":\"Text %d\",\"type\":\"text\"".formatted(version);
        digests.put(version, "sha256:" + sha256("{" + substance + "}"));
        String body = "%s,\"note\":\"n\",\"digest\":\"%s\"".formatted(substance, digests.get(version));
        return version == 1
                ? prompt(by, "PromptCreated", body)
                : prompt(by, "PromptEdited", body + ",\"version\":%d,\"basedOn\":%d".formatted(version, version - 1));
    }

    /** That of a version. */
    public String digest(int version) {
        return digests.getOrDefault(version, "none");
    }

    /** An approval of a version. */
    public String approve(String by, int version) {
        return approve(by, version, "");
    }

    /**
     * An approval of a version.
     *
     * @param fields further ones, each with a comma before it
     */
    public String approve(String by, int version, String fields) {
        return prompt(by, "PromptApproved", "\"version\":%d,\"digest\":\"%s\"%s".formatted(version, digest(version), fields));
    }

    /** A deployment under the first policy, which replaces nothing. */
    public String deploy(String by, int version, String... approvals) {
        return deploy(by, version, 1, "", approvals);
    }

    /**
     * A deployment to production.
     *
     * @param fields further ones, each with a comma before it
     * @param approvals {@code event by account}
     */
    public String deploy(String by, int version, int revision, String fields, String... approvals) {
        String counted = Arrays.stream(approvals).map(approval -> approval.split(" ", 2))
                .map(one -> "{\"approval\":\"%s\",\"account\":\"%s\"}".formatted(one[0], one[1])).toList().toString();
        return prompt(by, "PromptDeployed",
                "\"version\":%d,\"environment\":\"production\",\"digest\":\"%s\",\"reason\":\"ready\",\"policyRevision\":%d,\"approvals\":%s%s%s%s"
                        .formatted(version, digest(version), revision, counted,
                                fields.contains("\"checks\"") ? "" : ",\"checks\":[]",
                                fields.contains("\"emergency\"") ? "" : ",\"emergency\":false", fields));
    }

    /** A rollback in production under the first policy. */
    public String rollBack(String by, int version, String restores, String replaced) {
        return prompt(by, "PromptRolledBack",
                "\"version\":%d,\"environment\":\"production\",\"digest\":\"%s\",\"reason\":\"r\",\"policyRevision\":1,\"restores\":\"%s\"%s"
                        .formatted(version, digest(version), restores, replaced));
    }

    /** The field that says what was active. */
    public static String replaced(int version, String deployment) {
        return ",\"replaced\":{\"version\":%d,\"deployment\":\"%s\"}".formatted(version, deployment);
    }

    /** Something that happens to the prompt. */
    public String prompt(String by, String type, String fields) {
        return add("prompt:" + PROMPT, type, by, "\"prompt\":\"%s\"%s".formatted(PROMPT, fields.isEmpty() ? "" : "," + fields));
    }

    /** An event; answers its id. */
    public String add(String aggregate, String type, String by, String fields) {
        return add(aggregate, type, by, fields, "");
    }

    /**
     * An event; answers its id.
     *
     * @param metadata further fields, each with a comma before it
     */
    public String add(String aggregate, String type, String by, String fields, String metadata) {
        long position = lines.size() + 1L;
        String[] names = by.split("/", -1);
        String who = "{\"account\":\"%s\",\"kind\":\"%s\",\"requestId\":\"r-%d\"%s%s}".formatted(names[0],
                kinds.getOrDefault(names[0], "person"), position, names.length == 1 ? "" : ",\"onBehalfOf\":\"" + names[1] + "\"",
                metadata);
        String id = "event-%d".formatted(position);
        now = now.plusSeconds(60);
        lines.add(new EventLine(position,
                new StoredEvent(id, aggregate, sequences.merge(aggregate, 1L, Long::sum) - 1,
                        aggregate.substring(0, aggregate.indexOf(':')),
                        "io.promptaudit.api.event." + type, "1", now.toString(), bytes("{" + fields + "}"), bytes(who))));
        return id;
    }

    /** All events so far. */
    public List<EventLine> lines() {
        return lines;
    }

    /** What is found when all of it is decided again. */
    public Findings decided() {
        return decided(new Findings(), false);
    }

    /** The same in a pack that has every account. */
    public Findings decidedWithEveryAccount() {
        return decided(new Findings(), true);
    }

    private Findings decided(Findings findings, boolean everyAccount) {
        var check = new ReleaseCheck(findings);
        if (everyAccount) {
            check.expectEveryAccount();
        }
        lines.forEach(line -> check.accept(line.position(), line.event()));
        return findings;
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
