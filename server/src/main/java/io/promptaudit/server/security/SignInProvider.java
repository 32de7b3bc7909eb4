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

    SignInProvider(SignIns signIns, PasswordVerifier passwords) {
        this.signIns = signIns;
        this.passwords = passwords;
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        String account = presented.getName();
        String password = String.valueOf(presented.getCredentials());
        Optional<SignIn> known = Names.isAccount(account) ? signIns.byPassword(account) : Optional.empty();
        if (!isVerified(known.orElse(null), password)) {
            // The same words for an unknown account and a wrong password, and nothing of what was typed.
            throw new BadCredentialsException("account or password is wrong");
        }
        Caller caller = admit(known.orElseThrow().caller(), presented.getDetails());
        return UsernamePasswordAuthenticationToken.authenticated(caller, null, Authorities.of(caller));
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
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
