package io.promptaudit.server.sso;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import jakarta.servlet.ServletContext;
import org.apache.catalina.Context;
import org.apache.catalina.Manager;
import org.apache.catalina.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import io.promptaudit.server.trail.MovedClock;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** How long sessions last, how many there are, and what they look like behind a proxy that speaks TLS. */
@TestInstance(Lifecycle.PER_CLASS)
class SessionIT {
    private SsoServer sso;

    @BeforeAll
    void start(@TempDir Path folder) {
        sso = new SsoServer(folder, new Class<?>[]{MovedClock.class}, "--server.forward-headers-strategy=native",
                "--promptaudit.tls-terminated-in-front=true");
        sso.provider.person("vera");
    }

    @AfterAll
    void stop() {
        sso.close();
    }

    private Manager sessions() {
        var server = (TomcatWebServer) ((WebServerApplicationContext) sso.server.context()).getWebServer();
        return ((Context) requireNonNull(server).getTomcat().getHost().findChildren()[0]).getManager();
    }

    private Session session(Web web) {
        return List.of(sessions().findSessions()).stream()
                .filter(session -> session.getId().equals(web.cookie(sso.at("/"), "SESSION"))).findFirst().orElseThrow();
    }

    @Test
    void aSessionEndsInTheEndHoweverBusyItIs() {
        try (var web = new Web()) {
            sso.signIn(web, "vera");
            MovedClock.move(Duration.ofHours(11));
            assertThat(web.get(sso.at("/api/v1/me")).statusCode()).isEqualTo(200);
            MovedClock.move(Duration.ofHours(2));
            assertThat(web.get(sso.at("/api/v1/me")).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aSessionIsShortUntilSomebodySignedInAndEndsWhenNobodyUsesIt() {
        assertThat(sso.server.bean(ServletContext.class).getSessionTimeout()).isEqualTo(30);
        try (var web = new Web()) {
            web.get(sso.at("/oauth2/authorization/trail"));
            assertThat(session(web).getMaxInactiveInterval()).isEqualTo(600);
            sso.signIn(web, "vera");
            assertThat(session(web).getMaxInactiveInterval()).isEqualTo(1800);
        }
    }

    @Test
    void thereIsRoomForSoManySessionsAndNoMore() {
        Manager sessions = sessions();
        while (sessions.getActiveSessions() < TooManySessions.MOST) {
            sessions.createSession(null);
        }
        try (var web = new Web()) {
            HttpResponse<String> refused = web.get(sso.at("/oauth2/authorization/trail"));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("/problems/too-many-sessions");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        } finally {
            List.of(sessions.findSessions()).forEach(Session::expire);
        }
    }

    @Test
    void behindTlsCookiesStayThereAndTheProviderSendsBrowsersBackToIt() {
        try (var web = new Web()) {
            HttpResponse<String> begun = web.send(HttpRequest.newBuilder(sso.at("/oauth2/authorization/trail"))
                    .header("X-Forwarded-For", "203.0.113.9").header("X-Forwarded-Proto", "https")
                    .header("X-Forwarded-Host", "trail.example.org").header("X-Forwarded-Port", "443"));
            assertThat(begun.headers().allValues("Set-Cookie")).anyMatch(cookie -> cookie.startsWith("SESSION="))
                    .allMatch(cookie -> cookie.contains("Secure"));
            URI provider = Web.target(begun);
            assertThat(provider.getQuery()).contains("redirect_uri=https://trail.example.org/login/oauth2/code/trail");
        }
    }

    @Test
    void aSessionIsNoWayInOverPlainHttpFromElsewhere() {
        try (var web = new Web()) {
            sso.signIn(web, "vera");
            HttpResponse<String> refused = web.send(HttpRequest.newBuilder(sso.at("/api/v1/me"))
                    .header("X-Forwarded-For", "203.0.113.9").header("X-Forwarded-Proto", "http"));
            assertThat(refused.body()).contains("/problems/tls-required");
        }
    }
}
