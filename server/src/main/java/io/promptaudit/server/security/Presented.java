package io.promptaudit.server.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

import io.promptaudit.api.CredentialKind;
import io.promptaudit.command.account.KeyPair;
import io.promptaudit.command.validation.Names;

/**
 * Who somebody says to be, and from where. Kept in memory only.
 *
 * @param name an account's id or a public key, as typed; a digest where a secret stands for itself; empty for what can be no name
 * @param network the client's address; of an IPv6 address the /64, because one client has all of it
 */
record Presented(CredentialKind kind, String name, String network) {
    private static final int NETWORK_BYTES = 8;

    static Presented of(Authentication presented, @Nullable String address) {
        String network = address == null ? "" : network(address);
        if (presented instanceof UsernamePasswordAuthenticationToken) {
            String name = presented.getName();
            return new Presented(name.startsWith(KeyPair.PUBLIC) ? CredentialKind.KEY : CredentialKind.PASSWORD,
                    Names.isAccount(name) ? name : "", network);
        }
        String secret = String.valueOf(presented.getCredentials());
        return new Presented(secret.startsWith(KeyPair.SECRET) ? CredentialKind.KEY : CredentialKind.TOKEN, KeyPair.hash(secret),
                network);
    }

    private static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address v6
                    ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (IllegalArgumentException notAnAddress) {
            return address;
        }
    }
}
