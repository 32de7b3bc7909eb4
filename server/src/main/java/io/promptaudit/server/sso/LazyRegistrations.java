package io.promptaudit.server.sso;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientPropertiesMapper;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.util.function.SingletonSupplier;

/**
 * The configured clients, each completed with what its provider says of itself when it is first needed: a provider that does
 * not answer keeps nobody else from signing in, and the server from nothing.
 */
final class LazyRegistrations implements ClientRegistrationRepository {
    private final Map<String, SingletonSupplier<ClientRegistration>> registrations = new HashMap<>();

    LazyRegistrations(OAuth2ClientProperties configured) {
        configured.getRegistration().forEach((id, registration) -> {
            var alone = new OAuth2ClientProperties();
            alone.getProvider().putAll(configured.getProvider());
            alone.getRegistration().put(id, registration);
            registrations.put(id, SingletonSupplier.of(
                    () -> new OAuth2ClientPropertiesMapper(alone).asClientRegistrations().values().iterator().next()));
        });
    }

    /** @throws AuthenticationServiceException when the provider does not answer */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        var registration = registrations.get(id);
        if (registration == null) {
            return null;
        }
        try {
            return registration.obtain();
        } catch (RuntimeException e) {
            throw new AuthenticationServiceException("the provider of " + id + " does not answer", e);
        }
    }
}
