package io.promptaudit.command.trail;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;
import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.Role;
import io.promptaudit.command.account.AccountState;
import io.promptaudit.command.account.PersonalVault;

/** Writes down who acted, as every event's metadata carries it. */
public final class Attribution {
    private final PersonalVault vault;

    /** Seals personal details in {@code vault}. */
    public Attribution(PersonalVault vault) {
        this.vault = vault;
    }

    /**
     * The metadata of what the caller does now.
     *
     * @param account the caller's account as it is now; null for the server itself, which is no person
     */
    Map<String, String> of(Caller caller, @Nullable AccountState account, RequestContext context) {
        var metadata = new HashMap<String, String>();
        metadata.put(EventMetadata.ACCOUNT, caller.account());
        metadata.put(EventMetadata.KIND, caller.kind().id());
        metadata.put(EventMetadata.ROLES, caller.roles().stream().map(Role::id).collect(Collectors.joining(",")));
        metadata.put(EventMetadata.CREDENTIAL, caller.credential());
        metadata.put(EventMetadata.REQUEST_ID, context.requestId());
        metadata.put(EventMetadata.TRACE_ID, context.traceId());
        if (caller.onBehalfOf() != null) {
            metadata.put(EventMetadata.ON_BEHALF_OF, caller.onBehalfOf());
        }
        String personal = account == null ? null : vault.seal(account, context.address(), context.userAgent());
        if (personal != null) {
            metadata.put(EventMetadata.PERSONAL, personal);
        }
        return metadata;
    }
}
