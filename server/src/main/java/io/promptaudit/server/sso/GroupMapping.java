package io.promptaudit.server.sso;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.stereotype.Component;

import io.promptaudit.api.Grant;
import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.command.AccountCommand;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.ChangeGroups;
import io.promptaudit.command.validation.CommandValidator;
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.PromptAuditProperties.GroupGrant;

/** What the provider's groups mean here, as it is configured. */
@Component
class GroupMapping {
    private static final String ANY_ACCOUNT = "any";

    private final List<GroupGrant> grants;
    private final List<String> groups;

    /** @throws InvalidConfigurationPropertyValueException when no account could have such grants or groups */
    GroupMapping(PromptAuditProperties properties, CommandValidator validator) {
        this.grants = properties.sso().grants();
        this.groups = properties.sso().groups();
        require("grants", new ChangeGrants(ANY_ACCOUNT, grants.stream().map(GroupGrant::grant).toList()), validator);
        require("groups", new ChangeGroups(ANY_ACCOUNT, groups), validator);
    }

    private static void require(String key, AccountCommand command, CommandValidator validator) {
        try {
            validator.validate(command);
        } catch (InvalidValue | MalformedRequest e) {
            throw new InvalidConfigurationPropertyValueException("promptaudit.sso." + key, null, e.getMessage());
        }
    }

    /** The grants of somebody in these groups; empty when none are configured and admins give them by hand. */
    Optional<List<Grant>> grantsOf(Set<String> members) {
        return grants.isEmpty()
                ? Optional.empty()
                : Optional.of(grants.stream().filter(entry -> members.contains(entry.group())).map(GroupGrant::grant).distinct()
                        .toList());
    }

    /** The groups here of somebody in these groups; empty when none are configured and admins name them by hand. */
    Optional<List<String>> groupsOf(Set<String> members) {
        return groups.isEmpty() ? Optional.empty() : Optional.of(groups.stream().filter(members::contains).toList());
    }
}
