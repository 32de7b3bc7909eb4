package io.promptaudit.server.security;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import org.springframework.stereotype.Component;

import io.promptaudit.api.CredentialKind;

/**
 * Slows guessing down (NIST SP 800-63B-4, 3.2.2). Failures count three times: for this name from this address, for the address
 * over all names, and for the name over all addresses. Each count makes the next attempt wait, twice as long each time, and no
 * wait is for good. From where a name signed in lately, only the first count matters: whoever hammers at it from elsewhere does
 * not keep it out there.
 *
 * <p>The counts are in memory: a restart forgets them, and nobody outside can restart the server. Known places survive it.
 */
@Component
class SignInThrottle {
    private static final int FREE_BY_PAIR = 5;
    private static final int FREE_BY_NAME = 20;
    private static final int FREE_BY_ADDRESS = 30;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration LONGEST_BY_NAME = Duration.ofHours(1);
    private static final int STRIPES = 1024;
    /** So many attempts at most get past a count that was not there yet when they began. */
    private static final int AT_ONCE = 4;

    private final Failures<Presented> pairs;
    private final Failures<String> names;
    private final Failures<String> networks;
    private final KnownPlaces places;
    private final Semaphore[] turns = IntStream.range(0, STRIPES).mapToObj(_ -> new Semaphore(AT_ONCE, true))
            .toArray(Semaphore[]::new);

    SignInThrottle(KnownPlaces places, InstantSource clock) {
        this.places = places;
        this.pairs = new Failures<>(clock, FREE_BY_PAIR, LONGEST);
        this.names = new Failures<>(clock, FREE_BY_NAME, LONGEST_BY_NAME);
        this.networks = new Failures<>(clock, FREE_BY_ADDRESS, LONGEST);
    }

    /** The right to look at one credential. Given back when it was looked at. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for a turn, as few addresses need. A token takes none: an identity provider that takes its time over one would keep
     * passwords from the same address waiting.
     *
     * @throws SlowDown when after failures it is too early for one
     */
    Turn begin(Presented who) {
        if (!isGuessable(who)) {
            requireNoWait(who);
            return () -> {};
        }
        Semaphore turn = turns[Math.floorMod(who.network().hashCode(), STRIPES)];
        turn.acquireUninterruptibly();
        try {
            requireNoWait(who);
        } catch (RuntimeException e) {
            turn.release();
            throw e;
        }
        return turn::release;
    }

    private void requireNoWait(Presented who) {
        Duration wait = remaining(who);
        if (wait.isPositive()) {
            throw new SlowDown(wait);
        }
    }

    private Duration remaining(Presented who) {
        Duration own = pairs.remaining(who);
        if (!isGuessable(who)) {
            return own;
        }
        Duration others = longer(names.remaining(who.name()), networks.remaining(who.network()));
        boolean isOthersFault = others.compareTo(own) > 0 && others.isPositive();
        return isOthersFault && !places.knows(who.name(), who.network()) ? others : own;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    void failed(Presented who) {
        pairs.count(who);
        if (!isGuessable(who)) {
            return;
        }
        networks.count(who.network());
        if (!places.knows(who.name(), who.network())) {
            names.count(who.name());
        }
    }

    /** Forgets this name's failures from there; those of the address and of the name elsewhere only time forgives. */
    void succeeded(Presented who, String account) {
        pairs.forget(who);
        if (isGuessable(who)) {
            places.remember(who.name(), who.network(), account);
        }
    }

    /** Nobody guesses a signature. And a token is another one every few minutes, so there is no place to know it by. */
    private static boolean isGuessable(Presented who) {
        return who.kind() != CredentialKind.TOKEN;
    }
}
