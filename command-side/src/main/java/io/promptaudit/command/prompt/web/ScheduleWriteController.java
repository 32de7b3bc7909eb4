package io.promptaudit.command.prompt.web;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.command.PromptCommand.CancelSchedule;
import io.promptaudit.api.command.PromptCommand.ScheduleDeployment;
import io.promptaudit.command.trail.Recorded;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;

/** Takes deployments for a later moment, and takes them back. */
@RestController
@RequestMapping(path = "/api/v1/prompts/{name}/schedules", consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class ScheduleWriteController {
    private final Recorder recorder;

    ScheduleWriteController(Recorder recorder) {
        this.recorder = recorder;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Recorded schedule(@PathVariable String name, @RequestBody NewSchedule body, Caller caller, RequestContext context) {
        return recorder.record(new ScheduleDeployment(name, body.version(), body.environment(), body.at(), body.reason(),
                body.ticket()), caller, context);
    }

    @DeleteMapping("/{schedule}")
    Recorded cancel(@PathVariable String name, @PathVariable String schedule,
            @RequestBody(required = false) @Nullable Reason body, Caller caller, RequestContext context) {
        return recorder.record(new CancelSchedule(name, schedule, body == null ? null : body.reason()), caller, context);
    }

    record NewSchedule(@JsonProperty(required = true) int version, String environment, Instant at, String reason,
            @Nullable String ticket) {}

    record Reason(@Nullable String reason) {}
}
