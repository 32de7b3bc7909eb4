package io.promptaudit.server.sso;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.springframework.security.oauth2.core.ClientAuthenticationMethod.CLIENT_SECRET_BASIC;

/**
 * A real OpenID provider (Spring Authorization Server) in this process, on a port of its own. Its people have a subject that
 * says nothing, and sign in with a form. Whoever closes it takes it off the network.
 */
final class OidcProvider implements AutoCloseable {
    /** What access tokens are meant for. */
    static final String AUDIENCE = "prompt-audit-trail";
    /** Everybody's password here. */
    static final String SECRET = "known to the provider only";
    /** The client that people use in a browser. */
    static final String TRAIL = "trail";
    /** A client that is a program: it comes for itself, and may also act for people. */
    static final String ROBOT = "release-robot";

    private static final List<String> ROBOTS_GROUPS = List.of("clinical-editors", "clinical-reviewers", "releasers");
    private static final List<String> NOT_THE_PROVIDER = List.of("org.axonframework.", "org.springframework.boot.jdbc.",
            "org.springframework.boot.flyway.", "org.springframework.boot.sql.", "org.springframework.boot.transaction.",
            "org.springframework.boot.security.oauth2.");

    final SigningKeys keys = new SigningKeys();
    /** What is wrong with the ID tokens made from now on. */
    volatile Consumer<JwtClaimsSet.Builder> idTokens = claims -> {};
    private final Map<String, Person> people = new ConcurrentHashMap<>();
    private final InMemoryRegisteredClientRepository clients = new InMemoryRegisteredClientRepository(
            client(ROBOT).authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                    .authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE).scope("openid").scope("profile").build());
    private final ConfigurableApplicationContext context;
    private final int port;

    /** Somebody the provider knows. */
    record Person(String subject, String username, List<String> groups) {}

    /** @param port 0 for any that is free */
    OidcProvider(int port) {
        String excluded = ImportCandidates.load(AutoConfiguration.class, OidcProvider.class.getClassLoader()).getCandidates()
                .stream().filter(name -> NOT_THE_PROVIDER.stream().anyMatch(name::startsWith)).collect(Collectors.joining(","));
        context = new SpringApplicationBuilder(Provider.class)
                .initializers(context -> {
                    var beans = context.getBeanFactory();
                    beans.registerSingleton("keys", keys);
                    beans.registerSingleton("provider", this);
                    beans.registerSingleton("clients", clients);
                })
                // The product's own settings lie on the same class path, and are none of the provider's.
                .run("--spring.config.name=openid-provider", "--spring.autoconfigure.exclude=" + excluded,
                        "--spring.main.banner-mode=off", "--logging.level.root=warn", "--server.address=127.0.0.1",
                        "--server.port=" + port);
        var server = ((WebServerApplicationContext) context).getWebServer();
        if (server == null) {
            throw new IllegalStateException("no web server");
        }
        this.port = server.getPort();
    }

    /** The product is at 127.0.0.1, so this is another site, with cookies of its own. */
    String issuer() {
        return "http://localhost:" + port;
    }

    int port() {
        return port;
    }

    /** Makes somebody known, or changes their groups. */
    Person person(String username, String... groups) {
        var person = new Person("s-" + UUID.nameUUIDFromBytes(username.getBytes(UTF_8)),
                username, List.of(groups));
        people.put(username, person);
        return person;
    }

    /** Takes people at this client, and sends their browsers back to this address. */
    void client(String id, String redirectUri) {
        clients.save(client(id).authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE).redirectUri(redirectUri)
                .scope("openid").scope("profile").build());
    }

    /** What the client proves itself with. */
    static String secret(String client) {
        return "secret-of-" + client;
    }

    private static RegisteredClient.Builder client(String id) {
        return RegisteredClient.withId(id).clientId(id).clientSecret("{noop}" + secret(id))
                .clientAuthenticationMethod(CLIENT_SECRET_BASIC)
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(Duration.ofMinutes(30)).build());
    }

    private void complete(JwtEncodingContext token) {
        boolean isAccess = token.getTokenType().equals(OAuth2TokenType.ACCESS_TOKEN);
        if (isAccess) {
            token.getClaims().audience(List.of(AUDIENCE)).claim("client_id", token.getRegisteredClient().getClientId());
        }
        if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(token.getAuthorizationGrantType())) {
            token.getClaims().claim("groups", ROBOTS_GROUPS);
        }
        var person = token.getPrincipal() == null ? null : people.get(token.getPrincipal().getName());
        if (person != null) {
            token.getClaims().subject(person.subject()).claim("preferred_username", person.username())
                    .claim("name", "Name of " + person.username()).claim("groups", person.groups());
        }
        if (!isAccess) {
            idTokens.accept(token.getClaims());
        }
    }

    @Override
    public void close() {
        context.close();
    }

    /** No stereotype, so that no other application's scan finds it. */
    @EnableAutoConfiguration
    static class Provider {
        @Bean
        @Order(1)
        SecurityFilterChain protocol(HttpSecurity http) {
            return http.oauth2AuthorizationServer(server -> {
                http.securityMatcher(server.getEndpointsMatcher());
                server.oidc(Customizer.withDefaults());
            }).authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .exceptionHandling(e -> e.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login"))).build();
        }

        @Bean
        @Order(2)
        SecurityFilterChain form(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults()).build();
        }

        @Bean
        UserDetailsService users(OidcProvider provider) {
            return name -> {
                if (!provider.people.containsKey(name)) {
                    return new InMemoryUserDetailsManager().loadUserByUsername(name);
                }
                return User.withUsername(name).password("{noop}" + SECRET).build();
            };
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims(OidcProvider provider) {
            return provider::complete;
        }

        @Bean
        JwtDecoder decoder(SigningKeys keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().build();
        }
    }
}
