package io.promptaudit.server.trail;

import java.util.ArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import static io.promptaudit.server.trail.ReadTrail.JSON;
import static io.promptaudit.server.trail.ReadTrail.P;
import static io.promptaudit.server.trail.ReadTrail.read;
import static io.promptaudit.server.trail.ReadTrail.server;
import static org.assertj.core.api.Assertions.assertThat;

/** What every read endpoint answers: exactly these fields, in this order. */
@ExtendWith(ReadTrail.class)
class ReadShapesIT {
    private static final String VERSION = "prompt version type content config note author onBehalfOf? recordedAt digest state approvals";
    private static final String DEPLOYMENT = "deployment prompt version environment digest by onBehalfOf? since until? reason ticket?"
            + " emergency policyRevision approvals checks due? restores? replaced? review? ended?";
    private static final String POLICY = "environment revision requiredApprovals authorMayApprove approverMayDeploy"
            + " requiredChecks emergencyAllowed frozen reason changedBy onBehalfOf? since until?";
    private static final String REPLAYED = "prompt sequence position at title? description? owner? tags archived"
            + " latestVersion versions active deployments emergencies schedules";

    @Test
    void ofPrompts() {
        each("/api/v1/prompts",
                "name title? description? owner? tags latest state archived active createdBy onBehalfOf? createdAt"
                        + " changedAt");
        JsonNode prompt = read("/api/v1/prompts/clinical%2Fchat");
        shape(prompt, "name title description owner tags latest state archived active createdBy createdAt changedAt");
        shape(prompt.path("active").get(0), "environment version deployment since");
        moment(prompt.path("createdAt"));
    }

    @Test
    void ofVersions() {
        each(P + "/versions", VERSION + " rejections? checks imported?");
        JsonNode version = read(P + "/versions/1");
        shape(version, VERSION + " checks");
        shape(version.path("approvals").get(0), "approval account displayName recordedAt comment meaning");
        shape(version.path("checks").get(0), "check name outcome url digest account recordedAt");
        shape(read(P + "/versions/2").path("rejections").get(0), "rejection account recordedAt reason");
        assertThat(version.path("digest").asString()).matches("sha256:[0-9a-f]{64}");
        JsonNode chat = read("/api/v1/prompts/clinical%2Fchat/versions/1").path("content");
        shape(chat.get(0), "role content");
        shape(chat.get(1), "type name");
        each(P + "/versions/2/comments", "comment prompt version account onBehalfOf? recordedAt text");
    }

    @Test
    void ofWhatIsActive() {
        JsonNode active = read(P + "/active?environment=lab");
        shape(active, VERSION + " checks environment since deployment emergency policyRevision");
        shape(active.path("approvals").get(0), "approval account displayName recordedAt meaning");
        each("/api/v1/environments/lab/active", VERSION
                + " checks imported? environment since until? deployment emergency policyRevision replaced?");
        each(P + "/deployments", DEPLOYMENT);
        each("/api/v1/emergencies", DEPLOYMENT);
        JsonNode all = read(P + "/deployments").path("items");
        shape(all.get(0).path("checks").get(0), "check name");
        shape(all.get(1).path("ended"), "how by reason");
        shape(all.get(1).path("replaced"), "version deployment");
        shape(all.get(2).path("review"), "verdict comment by recordedAt");
        shape(all.get(2).path("ended"), "how by reason deployment");
    }

    @Test
    void ofTheTrail() {
        String entry = "position eventId recordedAt actor kind onBehalfOf? roles? credential? requestId? traceId? action"
                + " outcome rule? policyRevision? prompt? version? environment? account? sentence reason? displayName? address? userAgent?";
        each("/api/v1/audit", entry);
        each(P + "/history", entry);
        each(P + "/events", "sequence position eventId type revision recordedAt payload payloadDigest metadata"
                + " metadataDigest readable");
        shape(read(P + "/events").path("items").get(0).path("readable"), "payload metadata");
        JsonNode feed = server.get("admin", "/api/v1/events?after=0&limit=200", "Accept", JSON).json();
        shape(feed, "items next");
        feed.path("items").forEach(event -> shape(event,
                "specversion id source type subject? time datacontenttype position actor? onbehalfof? data"));
        assertThat(feed.path("next").asLong()).isEqualTo(server.head());
        each("/api/v1/approvals",
                "prompt version state requestedBy? onBehalfOf? requestedAt? note? reviewers approvals rejections");
    }

    /** Somewhere in each of these, a service acted for a person. */
    @Test
    void ofWhatWasDoneForAPerson() {
        String p = "/api/v1/prompts/clinical%2Fdelegated";
        String named = VERSION.replace("?", "") + " checks";
        JsonNode version = read(p + "/versions/1");
        shape(version, named);
        shape(version.path("approvals").get(0), "approval account onBehalfOf displayName recordedAt meaning");
        shape(version.path("checks").get(0), "check name outcome account onBehalfOf recordedAt");
        shape(read(p + "/versions/1/comments").path("items").get(0),
                "comment prompt version account onBehalfOf recordedAt text");
        shape(read(p + "/versions/2").path("rejections").get(0), "rejection account onBehalfOf recordedAt reason");
        JsonNode deployment = read(p + "/deployments").path("items").get(0);
        shape(deployment, "deployment prompt version environment digest by onBehalfOf since until reason emergency"
                + " policyRevision approvals checks ended");
        shape(deployment.path("ended"), "how by onBehalfOf reason");
        shape(deployment.path("approvals").get(0), "approval account onBehalfOf displayName recordedAt meaning");
        JsonNode replayed = read(p + "/replay").path("versions");
        shape(replayed.get(0).path("comments").get(0), "comment account onBehalfOf recordedAt text");
        shape(replayed.get(0).path("checks").get(0), "check name outcome account onBehalfOf recordedAt");
        shape(replayed.get(1).path("rejections").get(0), "rejection account onBehalfOf recordedAt reason");
    }

    @Test
    void ofAReplay() {
        JsonNode replay = read(P + "/replay");
        shape(replay, REPLAYED);
        shape(replay.path("versions").get(0), VERSION.replace("digest state", "digest basedOn? state requests")
                + " rejections checks comments imported?");
        shape(replay.path("active").get(0), "environment version since deployment emergency");
        replay.path("deployments")
                .forEach(one -> shape(one, "deployment environment version digest since until? by onBehalfOf? reason"
                        + " ticket? emergency policyRevision approvals checks replaced? restores?"));
        shape(read(P + "/diff?from=1&to=2"), "prompt from to content messages config");
    }

    @Test
    void ofTheAdministration() {
        shape(read("/api/v1/me"), "id displayName kind grants");
        each("/api/v1/accounts", "id displayName? contact? kind actsFor? grants groups? delegates? locked? closed? erased?");
        JsonNode account = read("/api/v1/accounts/wanda");
        shape(account, "id displayName kind grants history");
        shape(account.path("grants").get(0), "role prompts");
        shape(account.path("grants").get(1), "role prompts environments");
        shape(account.path("history").get(0), "position eventId recordedAt by what grants");
        each("/api/v1/environments", POLICY);
        shape(read("/api/v1/environments/lab/policy"), POLICY);
        each("/api/v1/projections", "view position generation state rebuild? reconciliation?");
    }

    private void each(String list, String fields) {
        JsonNode page = read(list);
        shape(page, "items cursor?");
        assertThat(page.path("items")).as(list).isNotEmpty();
        page.path("items").forEach(item -> shape(item, fields));
    }

    private static void moment(JsonNode text) {
        assertThat(text.asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    private static void shape(JsonNode object, String fields) {
        var names = new ArrayList<>(object.propertyNames());
        var expected = new ArrayList<String>();
        for (String field : fields.split(" ", -1)) {
            String name = field.replace("?", "");
            if (!field.endsWith("?") || names.contains(name)) {
                expected.add(name);
            }
        }
        assertThat(names).as(object.toString()).isEqualTo(expected);
    }
}
