package io.promptaudit.server.sso;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

/** Tokens as the provider might make them, and as nobody should. */
final class Tokens {
    private final OidcProvider provider;

    Tokens(OidcProvider provider) {
        this.provider = provider;
    }

    /** A good token of this person. */
    String of(OidcProvider.Person person) {
        return of(person, claims -> claims);
    }

    /** A token of this person, properly signed, whose claims were changed before. */
    String of(OidcProvider.Person person, UnaryOperator<JWTClaimsSet.Builder> change) {
        return signedBy(provider.keys.current(), change.apply(claims(person)).build());
    }

    JWTClaimsSet.Builder claims(OidcProvider.Person person) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder().issuer(provider.issuer()).subject(person.subject()).audience(OidcProvider.AUDIENCE)
                .issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(600))).jwtID(UUID.randomUUID().toString())
                .claim("preferred_username", person.username()).claim("name", "Name of " + person.username())
                .claim("client_id", "command-line").claim("groups", List.copyOf(person.groups()));
    }

    static String signedBy(RSAKey key, JWTClaimsSet claims) {
        try {
            return signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).type(new JOSEObjectType("at+jwt"))
                    .build(), claims, new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key, which everybody has, taken for a secret. */
    static String signedWithPublicKey(RSAKey key, JWTClaimsSet claims) {
        try {
            return signed(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims,
                    new MACSigner(key.toRSAPublicKey().getEncoded()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        var token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    static String unsigned(JWTClaimsSet claims) {
        return new PlainJWT(claims).serialize();
    }
}
