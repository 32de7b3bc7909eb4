package io.promptaudit.command.change.web;

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
import io.promptaudit.api.command.ChangeCommand.ConfirmChange;
import io.promptaudit.api.command.ChangeCommand.DeclineChange;
import io.promptaudit.command.change.ProposedChanges;
import io.promptaudit.command.trail.Recorded;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;

/** Takes what admins say of changes that wait. */
@RestController
@RequestMapping(path = "/api/v1/changes/{change}", consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class ChangeWriteController {
    private final Recorder recorder;
    private final ProposedChanges changes;

    ChangeWriteController(Recorder recorder, ProposedChanges changes) {
        this.recorder = recorder;
        this.changes = changes;
    }

    @PostMapping("/confirmation")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded confirm(@PathVariable String change, @RequestBody Confirmation body, Caller caller, RequestContext context) {
        return recorder.record(new ConfirmChange(change, changes.target(change), body.comment()), caller, context);
    }

    @PostMapping("/refusal")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded decline(@PathVariable String change, @RequestBody Refusal body, Caller caller, RequestContext context) {
        return recorder.record(new DeclineChange(change, changes.target(change), body.reason()), caller, context);
    }

    record Confirmation(@Nullable String comment) {}

    record Refusal(String reason) {}
}
