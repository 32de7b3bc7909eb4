package io.promptaudit.server.security;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose requests others could read along. */
class TransportTest {
    private static final Transport PLAIN = new Transport(false, false, false);

    @Test
    void isPrivateOnOneMachine() {
        for (String address : new String[]{"127.0.0.1", "127.3.2.1", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"}) {
            assertThat(PLAIN.isPrivate(request(address, false))).as(address).isTrue();
        }
        for (String address : new String[]{"192.0.2.1", "10.0.0.1", "2001:db8::1", "0.0.0.0"}) {
            assertThat(PLAIN.isPrivate(request(address, false))).as(address).isFalse();
        }
    }

    @Test
    void isPrivateWhenTheServerSpeaksTls() {
        assertThat(new Transport(true, false, false).isPrivate(request("192.0.2.1", true))).isTrue();
    }

    @Test
    void isPrivateWhenTheOperatorVouchesForWhatIsInFront() {
        assertThat(new Transport(false, true, false).isPrivate(request("192.0.2.1", false))).isTrue();
    }

    @Test
    void isWhatTheProxySaysWhenItIsBelieved() {
        assertThat(new Transport(false, true, true).isPrivate(request("192.0.2.1", true))).isTrue();
        assertThat(new Transport(false, true, true).isPrivate(request("192.0.2.1", false))).isFalse();
        assertThat(new Transport(false, false, true).isPrivate(request("192.0.2.1", true))).as("nobody vouches").isFalse();
        assertThat(new Transport(true, false, true).isPrivate(request("192.0.2.1", true))).isTrue();
        assertThat(new Transport(true, false, true).isPrivate(request("192.0.2.1", false))).as("plain before the proxy")
                .isFalse();
    }

    private static MockHttpServletRequest request(String from, boolean secure) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(from);
        request.setSecure(secure);
        return request;
    }
}
