package io.promptaudit.server.sso;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Identity;
import io.promptaudit.server.PromptAuditProperties.Sso;

import static org.assertj.core.api.Assertions.assertThat;

/** Whom the tokens of different providers speak of. */
class HolderTest {
    private static final Sso SETTINGS = new Sso("preferred_username", "groups", List.of(), List.of(), Duration.ofHours(1));

    private static Holder holder(Map<String, Object> claims) {
        var all = new HashMap<String, Object>(Map.of("iss", "https://login.example.org", "sub", "s-1"));
        all.putAll(claims);
        return Holder.of(() -> all, SETTINGS);
    }

    @Test
    void isKnownByIssuerAndSubject() {
        assertThat(holder(Map.of()).identity()).isEqualTo(new Identity("https://login.example.org", "s-1"));
    }

    @Test
    void isAPersonWhoseClientHasAnotherName() {
        assertThat(holder(Map.of("preferred_username", "ada", "azp", "console")).kind()).isEqualTo(AccountKind.PERSON);
    }

    @Test
    void isAServiceInTheWordsOfEachProvider() {
        for (Map<String, Object> claims : List.<Map<String, Object>>of(Map.of("sub", "robot", "client_id", "robot"),
                Map.of("sub", "robot", "azp", "robot"),
                Map.of("azp", "robot", "preferred_username", "service-account-robot"),
                Map.of("sub", "robot@clients", "gty", "client-credentials"), Map.of("idtyp", "app", "azp", "robot"))) {
            assertThat(holder(claims).kind()).as("%s", claims).isEqualTo(AccountKind.SERVICE);
        }
    }

    @Test
    void isCalledLikeTheClientWhereAServiceHasNoNameAndLikeNothingWhereAPersonHasNone() {
        assertThat(holder(Map.of("sub", "robot", "client_id", "robot")).account()).isEqualTo("robot");
        assertThat(holder(Map.of("client_id", "console")).account()).isNull();
    }

    @Test
    void isInTheGroupsOfAListOrOfOneWord() {
        assertThat(holder(Map.of("groups", List.of("b", "a"))).groups()).containsExactly("a", "b");
        assertThat(holder(Map.of("groups", "a")).groups()).containsExactly("a");
        assertThat(holder(Map.of()).groups()).isEmpty();
        assertThat(holder(Map.of("groups", Map.of("a", "b"))).groups()).isEmpty();
    }

    @Test
    void wasThereWhenTheProviderSaysSoAndNotWhenTheTokenWasMade() {
        Instant then = Instant.ofEpochSecond(1_700_000_000);
        assertThat(holder(Map.of("auth_time", then.getEpochSecond())).authenticatedAt()).isEqualTo(then);
        assertThat(holder(Map.of("iat", then)).authenticatedAt()).isNull();
        assertThat(holder(Map.of("sub", "robot", "client_id", "robot", "auth_time", then)).authenticatedAt()).isNull();
    }

    @Test
    void isActedForByTheOutermostActorOfItsOwnIssuerUnlessItSaysOtherwise() {
        assertThat(holder(Map.of("act", Map.of("sub", "robot", "act", Map.of("sub", "older")))).actor())
                .isEqualTo(new Identity("https://login.example.org", "robot"));
        assertThat(holder(Map.of("act", Map.of("sub", "robot", "iss", "https://other.example.org"))).actor())
                .isEqualTo(new Identity("https://other.example.org", "robot"));
        assertThat(holder(Map.of()).actor()).isNull();
    }
}
