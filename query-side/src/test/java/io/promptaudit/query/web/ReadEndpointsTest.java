package io.promptaudit.query.web;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.Caller;
import io.promptaudit.api.Grant;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.Role;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.query.view.ReadSide;
import io.promptaudit.query.view.ReadSide.Callers;
import io.promptaudit.query.view.Trail;
import io.promptaudit.query.view.ViewBehind;

import static io.promptaudit.query.view.Events.account;
import static io.promptaudit.query.view.Events.approved;
import static io.promptaudit.query.view.Events.created;
import static io.promptaudit.query.view.Events.deployed;
import static io.promptaudit.query.view.Events.edited;
import static io.promptaudit.query.view.Events.imported;
import static io.promptaudit.query.view.Events.policy;
import static io.promptaudit.query.view.Events.requested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The read endpoints without security and without the server's mapping of exceptions. */
class ReadEndpointsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private final ReadSide side = ReadSide.onH2();
    private MockMvc mvc = mvc(Callers.ADMIN);
    private long deployment;

    @AfterEach
    void close() {
        side.close();
    }

    @BeforeEach
    void given() {
        side.given("root", policy("production", 1, 1));
        side.given("root", account("bob", new Grant(Role.REVIEWER, "**")));
        side.given("ann", created("clinical/intake", "Hello 😀", "t1"));
        side.given("ann", requested("clinical/intake", 1));
        side.given("bob", approved("clinical/intake", 1));
        deployment = side.given("dep", deployed("clinical/intake", 1, "production"));
        side.given("imp", imported("old", 1));
    }

    private MockMvc mvc(Caller caller) {
        var questions = new Questions(side.queries());
        return MockMvcBuilders.standaloneSetup(new PromptController(questions), new DeploymentController(questions),
                new ScheduleController(questions), new TrailController(questions), new AdministrationController(questions),
                new ProjectionController(questions))
                .setCustomArgumentResolvers(new Resolver(caller)).build();
    }

    private record Resolver(Caller caller) implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Caller.class;
        }

        @Override
        public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return caller;
        }
    }

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request) {
        try {
            return mvc.perform(request).andReturn().getResponse();
        } catch (Exception failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        }
    }

    private JsonNode get(String uri) {
        try {
            var response = send(MockMvcRequestBuilders.get(URI.create(uri)));
            assertThat(response.getStatus()).as(uri).isEqualTo(200);
            return JSON.readTree(response.getContentAsString(java.nio.charset.StandardCharsets.UTF_8));
        } catch (java.io.UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void answerInTheShapesOfTheContract() {
        assertThat(get("/api/v1/prompts/clinical%2Fintake/versions/1").propertyNames()).containsExactly("prompt", "version",
                "type",
                "content", "config", "note", "author", "recordedAt", "digest", "state", "approvals", "checks");
        assertThat(get("/api/v1/prompts/old/versions/1").get("imported")).isEqualTo(JSON.readTree(
                "{\"claimedAuthor\":\"Ada\",\"claimedAt\":\"2019-05-01T00:00:00Z\",\"commit\":\"abc123\",\"witnessed\":false}"));
        var version = get("/api/v1/prompts/clinical%2Fintake/versions/1");
        assertThat(version.get("type").stringValue()).isEqualTo("text");
        assertThat(version.get("content").stringValue()).isEqualTo("Hello 😀");
        assertThat(version.get("state").stringValue()).isEqualTo("APPROVED");
        assertThat(version.get("recordedAt").stringValue()).matches("2026-01-01T00:00:\\d\\dZ");
        assertThat(get("/api/v1/prompts/clinical%2Fintake/active?environment=production").propertyNames()).contains("environment",
                "since", "deployment", "approvals").doesNotContain("until", "replaced", "imported");
        assertThat(get("/api/v1/accounts/bob").propertyNames()).containsExactly("id", "displayName", "kind", "grants", "history");
        assertThat(get("/api/v1/me").get("grants").get(0)).isEqualTo(JSON.readTree("{\"role\":\"admin\",\"prompts\":\"**\"}"));
        assertThat(get("/api/v1/environments/production/policy").propertyNames()).containsExactly("environment", "revision",
                "requiredApprovals", "authorMayApprove", "approverMayDeploy", "requiredChecks", "emergencyAllowed", "frozen",
                "reason", "changedBy", "since");
    }

    @Test
    void listAsItemsAndCursor() {
        var lists = Map.of("/api/v1/prompts?q=&tag=t1&folder=clinical&state=APPROVED&environment=production", 1,
                "/api/v1/prompts/clinical%2Fintake/versions", 1, "/api/v1/prompts/clinical%2Fintake/versions/1/comments", 0,
                "/api/v1/prompts/clinical%2Fintake/deployments", 1, "/api/v1/prompts/clinical%2Fintake/history", 4,
                "/api/v1/audit?actor=ann&action=create-prompt&outcome=done&from=2025-01-01T00:00:00%2B02:00", 1,
                "/api/v1/environments/production/active?at=2026-06-01T00:00:00Z", 1,
                "/api/v1/approvals?state=approved&reviewer=bob",
                1, "/api/v1/emergencies?state=open", 0, "/api/v1/projections", 9);
        assertThat(get("/api/v1/schedules?state=pending").get("items")).isEmpty();
        assertThat(get("/api/v1/prompts/clinical%2Fintake/schedules?state=done").get("items")).isEmpty();
        lists.forEach((uri, size) -> {
            assertThat(get(uri).propertyNames()).as(uri).containsExactly("items");
            assertThat(get(uri).get("items")).as(uri).hasSize(size);
        });
        assertThat(get("/api/v1/accounts").get("items")).hasSize(1);
        assertThat(get("/api/v1/changes?state=pending").get("items")).isEmpty();
        assertThat(get("/api/v1/environments").get("items")).hasSize(1);
        var page = get("/api/v1/audit?limit=3");
        assertThat(page.propertyNames()).containsExactly("items", "cursor");
        assertThat(get("/api/v1/audit?limit=200&cursor=" + page.get("cursor").stringValue()).get("items")).hasSize(4);
    }

    @Test
    void answer304WhileTheActiveVersionIsTheSame() {
        var uri = URI.create("/api/v1/prompts/clinical%2Fintake/active?environment=production");
        String etag = Objects.requireNonNull(send(MockMvcRequestBuilders.get(uri)).getHeader("ETag"));
        assertThat(etag).startsWith("\"").endsWith("\"");
        var again = send(MockMvcRequestBuilders.get(uri).header("If-None-Match", etag));
        assertThat(again.getStatus()).isEqualTo(304);
        assertThat(again.getContentLength()).isZero();
        side.given("ann", edited("clinical/intake", 2));
        assertThat(send(MockMvcRequestBuilders.get(uri).header("If-None-Match", etag)).getStatus()).isEqualTo(304);
        side.given("dep", deployed("clinical/intake", 2, "production", false,
                new ActiveDeployment(1, Trail.id(deployment))));
        assertThat(send(MockMvcRequestBuilders.get(uri).header("If-None-Match", etag)).getStatus()).isEqualTo(200);
    }

    @Test
    void refuseWhatIsMalformedByName() {
        var malformed = Map.ofEntries(Map.entry("/api/v1/prompts?sort=name", "sort"), Map.entry("/api/v1/me?x=1", "x"),
                Map.entry("/api/v1/prompts?limit=0", "limit"), Map.entry("/api/v1/prompts?limit=201", "limit"),
                Map.entry("/api/v1/prompts?limit=ten", "limit"), Map.entry("/api/v1/prompts?limit=99999999999999999", "limit"),
                Map.entry("/api/v1/prompts?cursor=nonsense", "cursor"), Map.entry("/api/v1/prompts?state=approved", "state"),
                Map.entry("/api/v1/prompts?tag=a&tag=b", "tag"), Map.entry("/api/v1/audit?from=yesterday", "from"),
                Map.entry("/api/v1/audit?to=2026-01-01", "to"), Map.entry("/api/v1/audit?to=%2B999999-01-01T00:00:00Z", "to"),
                Map.entry("/api/v1/audit?outcome=maybe", "outcome"), Map.entry("/api/v1/audit?action=PromptCreated", "action"),
                Map.entry("/api/v1/approvals?state=open", "state"), Map.entry("/api/v1/emergencies?state=pending", "state"),
                Map.entry("/api/v1/prompts/clinical%2Fintake/active", "environment"),
                Map.entry("/api/v1/prompts/clinical%2Fintake/active?environment=production&at=2026-01-01T00:00:00", "at"),
                Map.entry("/api/v1/environments/production/policy?at=now", "at"),
                Map.entry("/api/v1/prompts/clinical%2Fintake/versions/one", "version"),
                Map.entry("/api/v1/prompts/clinical%2Fintake/versions/0", "version"),
                Map.entry("/api/v1/prompts/clinical%2Fintake/versions/-1/comments", "version"));
        malformed.forEach((uri, field) -> assertThatThrownBy(() -> get(uri)).as(uri)
                .isInstanceOfSatisfying(MalformedRequest.class, no -> assertThat(no.field()).isEqualTo(field)));
        for (String position : new String[]{"x", "-1", "1.5", ""}) {
            assertThatThrownBy(
                    () -> send(MockMvcRequestBuilders.get("/api/v1/prompts").header("Audit-Position", position)))
                    .isInstanceOfSatisfying(MalformedRequest.class,
                            no -> assertThat(no.field()).isEqualTo("Audit-Position"));
        }
    }

    @Test
    void knowNothingThatIsNotThere() {
        var unknown = Map.of("/api/v1/prompts/x", "prompt-not-found", "/api/v1/prompts/x/versions", "prompt-not-found",
                "/api/v1/prompts/x/versions/1/comments", "prompt-not-found", "/api/v1/prompts/x/deployments", "prompt-not-found",
                "/api/v1/prompts/x/history", "prompt-not-found", "/api/v1/prompts/old/versions/2", "version-not-found",
                "/api/v1/prompts/old/active?environment=production", "never-active",
                "/api/v1/prompts/old/active?environment=mars", "environment-not-found", "/api/v1/environments/mars/active",
                "environment-not-found", "/api/v1/accounts/nobody", "account-not-found");
        unknown.forEach((uri, type) -> assertThatThrownBy(() -> get(uri)).as(uri).isInstanceOfSatisfying(UnknownThing.class,
                no -> assertThat(no.type()).isEqualTo(type)));
    }

    @Test
    void waitForThePositionAskedFor() {
        assertThat(send(MockMvcRequestBuilders.get("/api/v1/prompts").header("Audit-Position", "7")).getStatus()).isEqualTo(200);
        assertThatThrownBy(() -> send(MockMvcRequestBuilders.get("/api/v1/me").header("Audit-Position", "8")))
                .isInstanceOf(ViewBehind.class);
    }

    @Test
    void acceptARebuild() {
        var accepted = send(MockMvcRequestBuilders.post("/api/v1/projections/audit/rebuild"));
        assertThat(accepted.getStatus()).isEqualTo(202);
        assertThatThrownBy(() -> send(MockMvcRequestBuilders.post("/api/v1/projections/nothing/reconciliation")))
                .isInstanceOf(UnknownThing.class);
        mvc = mvc(Callers.STRANGER);
        assertThatThrownBy(() -> send(MockMvcRequestBuilders.post("/api/v1/projections/audit/rebuild")))
                .isInstanceOf(io.promptaudit.api.CommandRejected.class);
    }
}
