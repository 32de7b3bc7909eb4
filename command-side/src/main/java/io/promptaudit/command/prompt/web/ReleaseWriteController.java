package io.promptaudit.command.prompt.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.Verdict;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.api.command.PromptCommand.ReviewEmergency;
import io.promptaudit.api.command.PromptCommand.RollBackPrompt;
import io.promptaudit.api.command.PromptCommand.WithdrawPrompt;
import io.promptaudit.command.trail.Recorded;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;

/** Takes requests that change what is active in an environment, and judgements of emergencies. */
@RestController
@RequestMapping(path = "/api/v1/prompts/{name}", consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class ReleaseWriteController {
    private final Recorder recorder;

    ReleaseWriteController(Recorder recorder) {
        this.recorder = recorder;
    }

    @PostMapping("/deployments")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded deploy(@PathVariable String name, @RequestBody Deployment body, Caller caller, RequestContext context) {
        return recorder.record(new DeployPrompt(name, body.version(), body.environment(), body.reason(), body.ticket(),
                Boolean.TRUE.equals(body.emergency())), caller, context);
    }

    @PostMapping("/rollbacks")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded rollBack(@PathVariable String name, @RequestBody Rollback body, Caller caller, RequestContext context) {
        return recorder.record(new RollBackPrompt(name, body.environment(), body.toVersion(), body.reason()), caller,
                context);
    }

    @PostMapping("/withdrawals")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded withdraw(@PathVariable String name, @RequestBody Withdrawal body, Caller caller, RequestContext context) {
        return recorder.record(new WithdrawPrompt(name, body.environment(), body.reason()), caller, context);
    }

    @PostMapping("/emergency-reviews")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded review(@PathVariable String name, @RequestBody EmergencyReview body, Caller caller, RequestContext context) {
        return recorder.record(new ReviewEmergency(name, body.deployment(), body.verdict(), body.comment()), caller, context);
    }

    record Deployment(@JsonProperty(required = true) int version, String environment, String reason,
            @Nullable String ticket, @Nullable Boolean emergency) {}

    record Rollback(String environment, @Nullable Integer toVersion, String reason) {}

    record Withdrawal(String environment, String reason) {}

    record EmergencyReview(String deployment, Verdict verdict, String comment) {}
}
