package io.promptaudit.command.account.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Identity;
import io.promptaudit.api.Role;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.ChangeGroups;
import io.promptaudit.api.command.AccountCommand.CloseAccount;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.AccountCommand.DescribeAccount;
import io.promptaudit.api.command.AccountCommand.EraseAccount;
import io.promptaudit.api.command.AccountCommand.LinkIdentity;
import io.promptaudit.api.command.AccountCommand.LockAccount;
import io.promptaudit.api.command.AccountCommand.SetPassword;
import io.promptaudit.api.command.AccountCommand.UnlockAccount;
import io.promptaudit.command.trail.Recorded;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;

/** Takes requests that make accounts, and change what they may do and how they sign in. */
@RestController
@RequestMapping(path = "/api/v1/accounts", consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class AccountWriteController {
    private final Recorder recorder;

    AccountWriteController(Recorder recorder) {
        this.recorder = recorder;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Recorded create(@RequestBody NewAccount body, Caller caller, RequestContext context) {
        return recorder.record(body.command(), caller, context);
    }

    @PutMapping("/{id}/grants")
    Recorded changeGrants(@PathVariable String id, @RequestBody NewGrants body, Caller caller, RequestContext context) {
        return recorder.record(new ChangeGrants(id, granted(body.grants())), caller, context);
    }

    @PatchMapping("/{id}")
    Recorded describe(@PathVariable String id, @RequestBody Description body, Caller caller, RequestContext context) {
        return recorder.record(new DescribeAccount(id, body.displayName(), body.contact()), caller, context);
    }

    @PutMapping("/{id}/groups")
    Recorded changeGroups(@PathVariable String id, @RequestBody NewGroups body, Caller caller, RequestContext context) {
        return recorder.record(new ChangeGroups(id, body.groups()), caller, context);
    }

    @PutMapping("/{id}/password")
    Recorded setPassword(@PathVariable String id, @RequestBody NewPassword body, Caller caller, RequestContext context) {
        return recorder.record(new SetPassword(id, body.password()), caller, context);
    }

    @PutMapping("/{id}/identity")
    Recorded linkIdentity(@PathVariable String id, @RequestBody NewIdentity body, Caller caller, RequestContext context) {
        return recorder.record(new LinkIdentity(id, body.identity()), caller, context);
    }

    @PostMapping("/{id}/lock")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded lock(@PathVariable String id, @RequestBody Reason body, Caller caller, RequestContext context) {
        return recorder.record(new LockAccount(id, body.reason()), caller, context);
    }

    @PostMapping("/{id}/unlock")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded unlock(@PathVariable String id, @RequestBody Reason body, Caller caller, RequestContext context) {
        return recorder.record(new UnlockAccount(id, body.reason()), caller, context);
    }

    @PostMapping("/{id}/closure")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded close(@PathVariable String id, @RequestBody Reason body, Caller caller, RequestContext context) {
        return recorder.record(new CloseAccount(id, body.reason()), caller, context);
    }

    @PostMapping("/{id}/erasure")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded erase(@PathVariable String id, @RequestBody Reason body, Caller caller, RequestContext context) {
        return recorder.record(new EraseAccount(id, body.reason()), caller, context);
    }

    static List<Grant> granted(List<NewGrant> grants) {
        return grants.stream().map(NewGrant::grant).toList();
    }

    record NewAccount(String id, String displayName, @Nullable String contact, AccountKind kind, @Nullable String actsFor,
            @Nullable String password, @Nullable List<NewGrant> grants, @Nullable List<String> groups) {
        CreateAccount command() {
            return new CreateAccount(id, displayName, contact, kind, actsFor, password,
                    grants == null ? List.of() : granted(grants), groups == null ? List.of() : groups, null);
        }

        @Override
        public String toString() {
            return "NewAccount[id=" + id + "]";
        }
    }

    /** Left out, {@code prompts} means every prompt for the roles that read every prompt anyway. What else is missing is judged
     * later, once it is known that the caller may grant at all. */
    record NewGrant(Role role, String prompts, @Nullable List<String> environments) {
        Grant grant() {
            boolean everywhere = prompts == null && role != null && role.readsEverything();
            return new Grant(role, everywhere ? Grant.EVERY_PROMPT : prompts,
                    environments == null ? List.of() : environments);
        }
    }

    record NewGrants(@JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL) List<NewGrant> grants) {}

    record NewGroups(@JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL) List<String> groups) {}

    record Description(@Nullable String displayName, @Nullable String contact) {
        @Override
        public String toString() {
            return "Description[]";
        }
    }

    record NewPassword(String password) {
        @Override
        public String toString() {
            return "NewPassword[]";
        }
    }

    record NewIdentity(String issuer, String subject) {
        Identity identity() {
            return new Identity(issuer, subject);
        }
    }

    record Reason(String reason) {}
}
