package io.promptaudit.server.security;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import io.promptaudit.api.Role;
import io.promptaudit.server.http.Problem;
import io.promptaudit.server.http.ProblemMapping;
import io.promptaudit.server.http.SecureHeaders;

/** Every endpoint needs a signed-in account, except the health of the server and the ledger's public part. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration implements WebMvcConfigurer {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int ITERATIONS = 2;

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new Callers());
    }

    /** What is true of every way in, before it says how to sign in there. */
    @Bean
    Customizer<HttpSecurity> everyWayIn(SecurityProblems problems) {
        return http -> http
                .exceptionHandling(failures -> failures.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .authorizeHttpRequests(requests -> requests
                        // Both follow a request that was authorised, or whose refusal is being answered.
                        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC).permitAll()
                        .requestMatchers(HttpMethod.GET, PlainHttpFilter.HEALTH.toArray(String[]::new)).permitAll()
                        // For witnesses, monitors and other people's tools: no content, no names.
                        .requestMatchers(HttpMethod.GET, "/ledger/checkpoint", "/ledger/tile/**", "/ledger/policy").permitAll()
                        .requestMatchers(HttpMethod.GET, "/actuator/prometheus")
                        .hasAnyRole(Role.ADMIN.name(), Role.AUDITOR.name()).requestMatchers("/actuator/**")
                        .hasRole(Role.ADMIN.name()).anyRequest().authenticated())
                .headers(headers -> headers.defaultsDisabled().addHeaderWriter(new SecureHeaders()))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Nothing is kept in a browser that another site could ride on, and only JSON is taken.
                .csrf(AbstractHttpConfigurer::disable).requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
    }

    /** The way in for whoever takes no other: HTTP Basic, or a key's secret alone. */
    @Bean
    SecurityFilterChain api(HttpSecurity http, Door door, SignInProvider signIns, SecurityProblems problems) {
        return http.authenticationProvider(door.before(signIns))
                .httpBasic(basic -> basic.authenticationEntryPoint(problems)
                        .addObjectPostProcessor(new ObjectPostProcessor<BasicAuthenticationFilter>() {
                            @Override
                            public <F extends BasicAuthenticationFilter> F postProcess(F filter) {
                                filter.setAuthenticationConverter(BearerKey.orBasic());
                                return filter;
                            }
                        }))
                .build();
    }

    /** Argon2id with the parameters that OWASP recommends; the prefix leaves room for a successor. */
    @Bean
    PasswordEncoder passwordEncoder() {
        return argon2id(MEMORY_KIB, ITERATIONS);
    }

    static PasswordEncoder argon2id(int memoryKib, int iterations) {
        return new NormalisingEncoder(new DelegatingPasswordEncoder("argon2id", Map.of("argon2id",
                new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, memoryKib, iterations))));
    }

    /**
     * Names of prompts hold nearly every character, and endpoints read them from the raw path, which is decoded once. So
     * encoded characters are let through, and what still looks encoded after decoding is plain text. Path parameters,
     * backslashes and control characters stay out.
     */
    @Bean
    StrictHttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.getEncodedUrlBlocklist().removeIf(SecurityConfiguration::isPartOfNames);
        firewall.getDecodedUrlBlocklist().removeIf(entry -> entry.startsWith("%") || entry.equals(";"));
        return firewall;
    }

    @Bean
    RequestRejectedHandler rejectedRequests(SecurityProblems problems) {
        return problems;
    }

    @Bean
    ProblemMapping notAdmitted() {
        return ProblemMapping.of(NotAdmitted.class, failure -> Problem.of(401, "not-signed-in", failure.getMessage()));
    }

    /** Before every way in, and after the filters that say where a request came from. */
    @Bean
    FilterRegistrationBean<PlainHttpFilter> plainHttp(Transport transport, SignInJournal journal) {
        var registration = new FilterRegistrationBean<>(new PlainHttpFilter(transport, journal));
        registration.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1);
        return registration;
    }

    @Bean
    ProblemMapping slowDown() {
        return ProblemMapping.of(SlowDown.class,
                failure -> Problem.of(429, "too-many-attempts", failure.getMessage())
                        .with("Retry-After", Integer.toString(failure.retryAfterSeconds())));
    }

    private static boolean isPartOfNames(String entry) {
        String encoded = entry.toLowerCase(Locale.ROOT);
        return encoded.startsWith("%2f") || List.of("%25", "%2e", "%3b").contains(encoded);
    }
}
