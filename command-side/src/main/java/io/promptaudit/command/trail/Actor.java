package io.promptaudit.command.trail;

import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.EventMetadata;

/** Who acts: an account, and the person it acts for when it is an agent. */
public record Actor(String account, @Nullable String onBehalfOf) {

    /** The actor that a message's metadata names. */
    public static Actor of(MetaData metadata) {
        return new Actor(String.valueOf(metadata.get(EventMetadata.ACCOUNT)),
                (String) metadata.get(EventMetadata.ON_BEHALF_OF));
    }

    /** Whom separation of duties counts: the person behind an agent, else the account itself. */
    public String person() {
        return onBehalfOf == null ? account : onBehalfOf;
    }
}
