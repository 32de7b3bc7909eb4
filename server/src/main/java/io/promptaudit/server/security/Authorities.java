package io.promptaudit.server.security;

import java.util.List;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

import io.promptaudit.api.Caller;

/** What Spring Security is told of a caller's roles: {@code ROLE_ADMIN} and so on. */
public final class Authorities {
    private Authorities() {}

    /** One authority for each role that the caller holds, on whatever pattern. */
    public static List<GrantedAuthority> of(Caller caller) {
        return caller.roles().stream().<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
    }
}
