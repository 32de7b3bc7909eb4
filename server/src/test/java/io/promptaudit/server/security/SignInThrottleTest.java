package io.promptaudit.server.security;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Who has to wait after which failures, and who has not. */
class SignInThrottleTest {
    private static final String HOME = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.7";

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Set<String> known = new HashSet<>();
    private final SignInThrottle throttle = new SignInThrottle(new KnownPlaces() {
        @Override
        public boolean knows(String name, String network) {
            return known.contains(name + " " + network);
        }

        @Override
        public void remember(String name, String network, String account) {
            known.add(name + " " + network);
        }
    }, clock);

    @Test
    void doublesTheWaitWithEachFailureAfterTheFifth() {
        for (int failure = 1; failure <= 4; failure++) {
            fail("admin", ELSEWHERE);
        }
        for (int seconds : new int[]{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900}) {
            fail("admin", ELSEWHERE);
            assertThat(wait("admin", ELSEWHERE)).isEqualTo(seconds);
            clock.pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(wait("admin", ELSEWHERE)).isEqualTo(1);
            clock.pass(Duration.ofMillis(1));
            assertThat(wait("admin", ELSEWHERE)).isZero();
        }
    }

    @Test
    void forgetsFailuresWithASuccess() {
        hammer("admin", HOME, 5);
        clock.pass(Duration.ofSeconds(1));
        succeed("admin", HOME);
        hammer("admin", HOME, 4);
        assertThat(wait("admin", HOME)).isZero();
    }

    @Test
    void forgetsFailuresAfterADay() {
        hammer("admin", HOME, 12);
        clock.pass(Duration.ofDays(1).plusSeconds(1));
        hammer("admin", HOME, 4);
        assertThat(wait("admin", HOME)).isZero();
    }

    @Test
    void doesNotMakeOthersWaitForOneStranger() {
        hammer("admin", ELSEWHERE, 10);
        assertThat(wait("admin", ELSEWHERE)).isPositive();
        assertThat(wait("admin", HOME)).isZero();
        assertThat(wait("ada", ELSEWHERE)).isZero();
    }

    @Test
    void makesAllButKnownPlacesWaitWhenManyTryOneName() {
        succeed("admin", HOME);
        for (int stranger = 1; stranger <= 20; stranger++) {
            fail("admin", "203.0.113." + stranger);
        }
        assertThat(wait("admin", ELSEWHERE)).isEqualTo(1);
        assertThat(wait("admin", HOME)).isZero();
        for (int stranger = 21; stranger <= 60; stranger++) {
            fail("admin", "203.0.113." + stranger);
        }
        assertThat(wait("admin", ELSEWHERE)).isEqualTo(3600);
        assertThat(wait("admin", HOME)).isZero();
        assertThat(wait("ada", ELSEWHERE)).isZero();
        clock.pass(Duration.ofHours(1));
        assertThat(wait("admin", ELSEWHERE)).isZero();
    }

    /** Somebody mistyping at home, and a machine there with an old password, do not lock the travelling admin out. */
    @Test
    void countsFailuresAtKnownPlacesThereOnly() {
        succeed("admin", HOME);
        hammer("admin", HOME, 29);
        assertThat(wait("admin", HOME)).isPositive();
        assertThat(wait("admin", ELSEWHERE)).isZero();
    }

    @Test
    void makesAnAddressWaitThatTriesManyNames() {
        succeed("ada", ELSEWHERE);
        for (int name = 1; name <= 30; name++) {
            fail("name-" + name, ELSEWHERE);
        }
        assertThat(wait("name-31", ELSEWHERE)).isEqualTo(1);
        assertThat(wait("name-31", HOME)).isZero();
        assertThat(wait("ada", ELSEWHERE)).isZero();
        succeed("ada", ELSEWHERE);
        assertThat(wait("name-31", ELSEWHERE)).as("one's own success forgives no other name's failures").isEqualTo(1);
    }

    @Test
    void takesANetworkOfIpv6ForOneAddress() {
        for (int host = 1; host <= 5; host++) {
            fail("admin", "2001:db8:0:1::" + host);
        }
        assertThat(wait("admin", "2001:db8:0:1:ffff::1")).isEqualTo(1);
        assertThat(wait("admin", "2001:db8:0:2::1")).isZero();
    }

    @Test
    void takesWhateverCanBeNoNameForOneName() {
        for (int i = 0; i < 5; i++) {
            fail("what is typed " + i, ELSEWHERE);
        }
        assertThat(wait("what else is typed", ELSEWHERE)).isEqualTo(1);
        assertThat(presented("what is typed", HOME).toString()).doesNotContain("typed");
    }

    @Test
    void keepsNoPasswordWaitingWhileTokensAreLookedAt() {
        for (int token = 1; token <= 10; token++) {
            throttle.begin(Presented.of(new BearerTokenAuthenticationToken("token-" + token), HOME));
        }
        assertThat(assertTimeoutPreemptively(Duration.ofMinutes(1), () -> wait("admin", HOME))).isZero();
    }

    private void hammer(String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            fail(name, address);
        }
    }

    private void fail(String name, String address) {
        throttle.failed(presented(name, address));
    }

    private void succeed(String name, String address) {
        throttle.succeeded(presented(name, address), name);
    }

    /** In seconds; zero when the attempt may be made. */
    private int wait(String name, String address) {
        try (var _ = throttle.begin(presented(name, address))) {
            return 0;
        } catch (SlowDown e) {
            return e.retryAfterSeconds();
        }
    }

    private static Presented presented(String name, String address) {
        return Presented.of(UsernamePasswordAuthenticationToken.unauthenticated(name, "a password"), address);
    }
}
