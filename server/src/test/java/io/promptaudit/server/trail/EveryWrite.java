package io.promptaudit.server.trail;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.promptaudit.server.trail.TestServer.Answer;

/**
 * One sample for each write endpoint, in an order in which all of them succeed, by accounts that may.
 *
 * @param name what the request is, in a word
 * @param path with {@code PROMPT} for the prompt's segment, {@code SCHEDULE} for the schedule's and {@code CHANGE} for that of
 *     the change that waits
 * @param body with {@code EMERGENCY} for the id of the emergency deployment
 */
record EveryWrite(String name, String account, String method, String path, String body) {
    static final String PROMPT = "clinical/intake";
    /** What writers' grants are for. */
    static final String GRANTS = """
            [{"role":"editor","prompts":"**"},{"role":"deployer","prompts":"**","environments":["lab","staging","nowhere"]}]""";
    private static final String VERSION_2 = "/api/v1/prompts/PROMPT/versions/2/";
    private static final String P = "/api/v1/prompts/PROMPT";

    private static final String LAB = """
            {"requiredApprovals":0,"authorMayApprove":false,"approverMayDeploy":true,"requiredChecks":[],
             "emergencyAllowed":true,"frozen":null,"reason":"a place to try"}""";

    static final List<EveryWrite> ALL = List.of(
            new EveryWrite("account", "admin", "POST", "/api/v1/accounts", """
                    {"id":"temp","displayName":"Temporary","kind":"person","password":"%s","grants":[]}"""
                    .formatted(TestServer.PASSWORD)),
            new EveryWrite("grants", "admin", "PUT", "/api/v1/accounts/temp/grants",
                    "{\"grants\":[{\"role\":\"viewer\",\"prompts\":\"clinical/**\"}]}"),
            new EveryWrite("identity", "admin", "PUT", "/api/v1/accounts/temp/identity",
                    "{\"issuer\":\"https://login.example.org\",\"subject\":\"s-temp\"}"),
            new EveryWrite("password", "admin", "PUT", "/api/v1/accounts/temp/password",
                    "{\"password\":\"another long password\"}"),
            new EveryWrite("service", "admin", "POST", "/api/v1/accounts",
                    "{\"id\":\"ci\",\"displayName\":\"CI\",\"kind\":\"service\",\"contact\":\"ci@example.org\",\"groups\":[\"builders\"]}"),
            new EveryWrite("account-description", "admin", "PATCH", "/api/v1/accounts/temp",
                    "{\"displayName\":\"Temporary staff\",\"contact\":\"temp@example.org\"}"),
            new EveryWrite("groups", "admin", "PUT", "/api/v1/accounts/temp/groups", "{\"groups\":[\"nurses\"]}"),
            new EveryWrite("lock", "admin", "POST", "/api/v1/accounts/temp/lock", "{\"reason\":\"lost\"}"),
            new EveryWrite("unlock", "admin", "POST", "/api/v1/accounts/temp/unlock", "{\"reason\":\"found\"}"),
            new EveryWrite("key", "admin", "POST", "/api/v1/accounts/ci/keys", "{\"name\":\"build server\"}"),
            new EveryWrite("rotation", "admin", "POST", "/api/v1/accounts/ci/keys/PUBLIC-KEY/rotation", "{\"overlap\":\"PT1H\"}"),
            new EveryWrite("key-revocation", "admin", "DELETE", "/api/v1/accounts/ci/keys/PUBLIC-KEY", ""),
            new EveryWrite("delegate", "wanda", "PUT", "/api/v1/accounts/wanda/delegates/ci",
                    "{\"until\":\"2999-01-01T00:00:00Z\"}"),
            new EveryWrite("delegate-withdrawal", "wanda", "DELETE", "/api/v1/accounts/wanda/delegates/ci", ""),
            new EveryWrite("policy", "admin", "PUT", "/api/v1/environments/lab/policy", LAB),
            new EveryWrite("prompt", "wanda", "POST", "/api/v1/prompts",
                    "{\"name\":\"PROMPT\",\"type\":\"text\",\"content\":\"one\",\"note\":\"first\"}"),
            new EveryWrite("version", "wanda", "POST", P + "/versions",
                    "{\"basedOn\":1,\"content\":\"two\",\"note\":\"second\"}"),
            new EveryWrite("approval-request", "wanda", "POST", VERSION_2 + "approval-requests", "{\"note\":\"please\"}"),
            new EveryWrite("rejection", "rita", "POST", VERSION_2 + "rejections", "{\"reason\":\"too short\"}"),
            new EveryWrite("rejection-withdrawal", "rita", "POST", VERSION_2 + "rejection-withdrawals",
                    "{\"reason\":\"long enough\"}"),
            new EveryWrite("approval", "rita", "POST", VERSION_2 + "approvals", "{\"comment\":\"good\"}"),
            new EveryWrite("revocation", "rita", "POST", VERSION_2 + "revocations", "{\"reason\":\"not so good\"}"),
            new EveryWrite("check", "wanda", "POST", VERSION_2 + "checks", "{\"name\":\"eval\",\"outcome\":\"passed\"}"),
            new EveryWrite("comment", "wanda", "POST", VERSION_2 + "comments", "{\"text\":\"see the ticket\"}"),
            new EveryWrite("deployment", "wanda", "POST", P + "/deployments",
                    "{\"version\":1,\"environment\":\"lab\",\"reason\":\"try\"}"),
            new EveryWrite("emergency", "wanda", "POST", P + "/deployments", """
                    {"version":2,"environment":"lab","reason":"fire","ticket":"INC-1","emergency":true}"""),
            new EveryWrite("emergency-review", "rita", "POST", P + "/emergency-reviews",
                    "{\"deployment\":\"EMERGENCY\",\"verdict\":\"good\",\"comment\":\"it was right\"}"),
            new EveryWrite("rollback", "wanda", "POST", P + "/rollbacks",
                    "{\"environment\":\"lab\",\"toVersion\":1,\"reason\":\"worse\"}"),
            new EveryWrite("schedule", "wanda", "POST", P + "/schedules",
                    """
                            {"version":2,"environment":"lab","at":"TOMORROW","reason":"tonight"}"""),
            new EveryWrite("schedule-cancellation", "wanda", "DELETE", P + "/schedules/SCHEDULE", "{\"reason\":\"not tonight\"}"),
            new EveryWrite("withdrawal", "wanda", "POST", P + "/withdrawals",
                    "{\"environment\":\"lab\",\"reason\":\"tried\"}"),
            new EveryWrite("description", "wanda", "PATCH", P, "{\"title\":\"Intake\"}"),
            new EveryWrite("archival", "wanda", "POST", P + "/archival", "{\"reason\":\"old\"}"),
            new EveryWrite("restoration", "wanda", "POST", P + "/restoration", "{\"reason\":\"needed\"}"),
            new EveryWrite("closure", "admin", "POST", "/api/v1/accounts/temp/closure", "{\"reason\":\"left\"}"),
            new EveryWrite("erasure", "admin", "POST", "/api/v1/accounts/temp/erasure", "{\"reason\":\"gone\"}"),
            new EveryWrite("second-admin", "admin", "POST", "/api/v1/accounts", """
                    {"id":"boss","displayName":"Second admin","kind":"person","password":"%s","grants":[{"role":"admin"}]}"""
                    .formatted(TestServer.PASSWORD)),
            new EveryWrite("proposal", "admin", "PUT", "/api/v1/environments/lab/policy", LAB),
            new EveryWrite("confirmation", "boss", "POST", "/api/v1/changes/CHANGE/confirmation", "{\"comment\":\"read\"}"),
            new EveryWrite("proposal-again", "boss", "PUT", "/api/v1/environments/lab/policy", LAB),
            new EveryWrite("refusal", "admin", "POST", "/api/v1/changes/CHANGE/refusal", "{\"reason\":\"not now\"}"),
            new EveryWrite("one-admin-again", "admin", "PUT", "/api/v1/accounts/boss/grants", "{\"grants\":[]}"),
            new EveryWrite("one-admin-confirmed", "boss", "POST", "/api/v1/changes/CHANGE/confirmation", "{}"));

    /** Makes the accounts that the samples are sent by. */
    static void accounts(TestServer server) {
        server.account("wanda", GRANTS);
        server.account("rita", "[{\"role\":\"reviewer\",\"prompts\":\"**\"}]");
    }

    boolean isOnPrompt() {
        return path.contains("PROMPT");
    }

    boolean isOnVersion() {
        return path.startsWith(VERSION_2);
    }

    boolean isInEnvironment() {
        return isOnPrompt() && body.contains("\"lab\"");
    }

    EveryWrite on(String prompt) {
        return new EveryWrite(name, account, method, path.replace("PROMPT", TestServer.segment(prompt)),
                body.replace("PROMPT", prompt).replace("TOMORROW", Instant.now().plusSeconds(86_400).toString()));
    }

    EveryWrite with(String old, String replacement) {
        return new EveryWrite(name, account, method, path.replace(old, replacement), body.replace(old, replacement));
    }

    Answer send(TestServer server, String... headers) {
        return server.send(account, method, path, body, headers);
    }

    /** Sends them all, each with its name as idempotency key; the requests as sent, and their answers. */
    static Map<EveryWrite, Answer> sendAll(TestServer server) {
        var answers = new LinkedHashMap<EveryWrite, Answer>();
        String emergency = "";
        String schedule = "";
        String change = "";
        String key = "";
        for (EveryWrite sample : ALL) {
            EveryWrite write = sample.on(PROMPT).with("EMERGENCY", emergency).with("SCHEDULE", schedule).with("CHANGE", change)
                    .with("PUBLIC-KEY", key);
            Answer answer = write.send(server, "Idempotency-Key", write.name());
            if (!List.of(200, 201, 202).contains(answer.status())) {
                throw new IllegalStateException(write.name() + ": " + answer.text());
            }
            emergency = write.name().equals("emergency") ? answer.at("eventId") : emergency;
            schedule = write.name().equals("schedule") ? answer.at("schedule") : schedule;
            change = answer.status() == 202 ? answer.at("change") : change;
            key = write.name().equals("key") ? answer.at("publicKey") : key;
            answers.put(write, answer);
        }
        return answers;
    }

    /** What the same request is answered again: a key's secret is told once. */
    static JsonNode repeated(Answer first) {
        var json = (ObjectNode) first.json();
        json.remove("secretKey");
        return json;
    }
}
