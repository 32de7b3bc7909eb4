package io.promptaudit.command.environment.web;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.ReleasePolicy.FreezeWindow;
import io.promptaudit.api.ReleasePolicy.Slot;
import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;
import io.promptaudit.command.trail.Recorded;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;

/** Takes release policies. */
@RestController
@RequestMapping(path = "/api/v1/environments/{environment}/policy", consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class PolicyWriteController {
    private final Recorder recorder;

    PolicyWriteController(Recorder recorder) {
        this.recorder = recorder;
    }

    @PutMapping
    Recorded change(@PathVariable String environment, @RequestBody NewPolicy body, Caller caller, RequestContext context) {
        return recorder.record(new ChangePolicy(environment, body.policy(), body.reason()), caller, context);
    }

    /**
     * Every field up to {@code frozen} must be there: a policy that is sent in part would lift a freeze by omission. Those after
     * it came later; who does not know them does not ask for them.
     */
    record NewPolicy(@JsonProperty(required = true) int requiredApprovals,
            @JsonProperty(required = true) boolean authorMayApprove,
            @JsonProperty(required = true) boolean approverMayDeploy,
            @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL) List<String> requiredChecks,
            @JsonProperty(required = true) boolean emergencyAllowed,
            @JsonProperty(required = true) ReleasePolicy.@Nullable Freeze frozen, @Nullable Boolean authorsSinceRelease,
            @Nullable List<Slot> approvals, @Nullable Duration reauthenticateWithin,
            @Nullable List<FreezeWindow> freezeWindows, String reason) {
        ReleasePolicy policy() {
            return new ReleasePolicy(requiredApprovals, authorMayApprove, approverMayDeploy, requiredChecks, emergencyAllowed,
                    frozen, Boolean.TRUE.equals(authorsSinceRelease), approvals == null ? List.of() : approvals,
                    reauthenticateWithin, freezeWindows == null ? List.of() : freezeWindows);
        }
    }
}
