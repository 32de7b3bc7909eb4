package io.promptaudit.command.trail;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.EventMetadata;

/** Who acts: an account, and the person it acts for when it is an agent or a service. */
public record Actor(String account, @Nullable String onBehalfOf) {

    /** The actor that a message's metadata names. */
    public static Actor of(MetaData metadata) {
        return new Actor(String.valueOf(metadata.get(EventMetadata.ACCOUNT)),
                (String) metadata.get(EventMetadata.ON_BEHALF_OF));
    }

    /** Whose act it is: the person behind an agent or a service, else the account itself. */
    public String person() {
        return onBehalfOf == null ? account : onBehalfOf;
    }

    /** The account and the person acted for. */
    public Set<String> names() {
        return Set.copyOf(List.of(account, person()));
    }

    /**
     * The names that are both this actor's and the other's. Separation of duties counts two acts as done by different people only
     * where there is none: one secret of a service could be behind all that it does, for whomever.
     */
    public Set<String> namesSharedWith(Actor other) {
        return names().stream().filter(other.names()::contains).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether separation of duties takes both for one. */
    public boolean sharesNameWith(Actor other) {
        return !namesSharedWith(other).isEmpty();
    }

    /** As the trail says it, such as {@code ci on behalf of ada}. */
    public String inWords() {
        return onBehalfOf == null ? account : account + " on behalf of " + onBehalfOf;
    }
}
