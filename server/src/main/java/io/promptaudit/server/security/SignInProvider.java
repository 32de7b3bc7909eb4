package io.promptaudit.server.security;

import java.time.InstantSource;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

import io.promptaudit.api.Caller;
import io.promptaudit.command.account.SignIns;
import io.promptaudit.command.account.SignIns.SignIn;
import io.promptaudit.command.validation.Names;

/**
 * Signs accounts in by their password. Asks for the account on every request, so that a revoked grant or a new password is in
 * force at once.
 */
@Component
class SignInProvider implements AuthenticationProvider {
    private final SignIns signIns;
    private final PasswordVerifier passwords;
    private final InstantSource clock;

    SignInProvider(SignIns signIns, PasswordVerifier passwords, InstantSource clock) {
        this.signIns = signIns;
        this.passwords = passwords;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        String account = presented.getName();
        String password = String.valueOf(presented.getCredentials());
        Optional<SignIn> known = Names.isAccount(account) ? signIns.find(account) : Optional.empty();
        if (!isVerified(known.orElse(null), password)) {
            // The same words for an unknown account and a wrong password, and nothing of what was typed.
            throw new BadCredentialsException("account or password is wrong");
        }
        Caller caller = known.orElseThrow().caller().authenticated(clock.instant());
        var authorities = caller.roles().stream().map(role -> new SimpleGrantedAuthority("ROLE_" + role.name())).toList();
        return UsernamePasswordAuthenticationToken.authenticated(caller, null, authorities);
    }

    private boolean isVerified(@Nullable SignIn signIn, String password) {
        if (signIn == null) {
            passwords.verifyInVain(password);
            return false;
        }
        return passwords.verify(signIn.caller().account(), signIn.passwordHash(), password);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
