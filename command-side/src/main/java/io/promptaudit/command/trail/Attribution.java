package io.promptaudit.command.trail;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;
import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.Role;
import io.promptaudit.command.account.Accounts;
import io.promptaudit.command.account.PersonalVault;

/** Writes down who acted, as every event's metadata carries it. */
public final class Attribution {
    private final PersonalVault vault;
    private final Accounts accounts;

    /** Seals personal details in {@code vault}. */
    public Attribution(PersonalVault vault, Accounts accounts) {
        this.vault = vault;
        this.accounts = accounts;
    }

    /** The metadata of what the caller does now. */
    Map<String, String> of(Caller caller, RequestContext context) {
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
        if (!caller.groups().isEmpty()) {
            metadata.put(EventMetadata.GROUPS, String.join(",", caller.groups()));
        }
        @Nullable
        String personal = accounts.find(caller.account())
                .map(account -> vault.seal(account, context.address(), context.userAgent())).orElse(null);
        if (personal != null) {
            metadata.put(EventMetadata.PERSONAL, personal);
        }
        return metadata;
    }
}
