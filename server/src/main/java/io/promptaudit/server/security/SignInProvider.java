package io.promptaudit.server.security;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.command.account.KeyPair;
import io.promptaudit.command.account.SignIns;
import io.promptaudit.command.account.SignIns.SignIn;
import io.promptaudit.command.validation.Names;

/**
 * Signs accounts in by their password or one of their keys. Asks for the account on every request, so that a revoked grant or a new password is in
 * force at once.
 */
@Component
class SignInProvider implements AuthenticationProvider {
    private final SignIns signIns;
    private final PasswordVerifier passwords;
    private final KeyVerifier keys;

    SignInProvider(SignIns signIns, PasswordVerifier passwords, KeyVerifier keys) {
        this.signIns = signIns;
        this.passwords = passwords;
        this.keys = keys;
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        // The same words for an unknown account and a wrong password, and nothing of what was typed.
        Caller verified = verified(presented).orElseThrow(() -> new BadCredentialsException("account or password is wrong"));
        Caller caller = admit(verified, presented.getDetails());
        return UsernamePasswordAuthenticationToken.authenticated(caller, null, Authorities.of(caller));
    }

    private Optional<Caller> verified(Authentication presented) {
        String name = presented.getName();
        String secret = String.valueOf(presented.getCredentials());
        if (presented instanceof BearerKey) {
            return keys.verify(secret);
        }
        if (name.startsWith(KeyPair.PUBLIC)) {
            return keys.verify(name, secret);
        }
        Optional<SignIn> known = Names.isAccount(name) ? signIns.byPassword(name) : Optional.empty();
        return isVerified(known.orElse(null), secret) ? known.map(SignIn::caller) : Optional.empty();
    }

    private Caller admit(Caller verified, @Nullable Object details) {
        String person = details instanceof RequestDetails request ? request.onBehalfOf() : null;
        try {
            return signIns.admit(verified.actingFor(person));
        } catch (CommandRejected refused) {
            throw new NotAdmitted(refused);
        }
    }

    private boolean isVerified(@Nullable SignIn signIn, String password) {
        if (signIn == null) {
            passwords.verifyInVain(password);
            return false;
        }
        return passwords.verify(signIn.caller().account(), signIn.hash(), password);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication)
                || BearerKey.class.isAssignableFrom(authentication);
    }
}
