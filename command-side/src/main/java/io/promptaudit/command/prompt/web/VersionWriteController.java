package io.promptaudit.command.prompt.web;

import java.util.Map;

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
import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.command.PromptCommand.CommentOnPrompt;
import io.promptaudit.api.command.PromptCommand.EditPrompt;
import io.promptaudit.api.command.PromptCommand.RecordCheck;
import io.promptaudit.command.trail.Recorded;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;

/** Takes requests that add a version, and what is known or said of one. */
@RestController
@RequestMapping(path = "/api/v1/prompts/{name}/versions", consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class VersionWriteController {
    private final Recorder recorder;

    VersionWriteController(Recorder recorder) {
        this.recorder = recorder;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Recorded edit(@PathVariable String name, @RequestBody NewVersion body, Caller caller, RequestContext context) {
        return recorder.record(body.command(name), caller, context);
    }

    @PostMapping("/{version}/checks")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded check(@PathVariable String name, @PathVariable String version, @RequestBody Check body, Caller caller,
            RequestContext context) {
        return recorder.record(new RecordCheck(name, VersionNumber.parse(version), body.name(), body.outcome(), body.url(),
                body.digest()), caller, context);
    }

    @PostMapping("/{version}/comments")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded comment(@PathVariable String name, @PathVariable String version, @RequestBody Comment body, Caller caller,
            RequestContext context) {
        return recorder.record(new CommentOnPrompt(name, VersionNumber.parse(version), body.text()), caller, context);
    }

    record NewVersion(@JsonProperty(required = true) int basedOn, @Nullable PromptType type, Content content,
            @Nullable Map<String, Object> config, String note) {
        EditPrompt command(String name) {
            return new EditPrompt(name, basedOn, type == null ? typeOf(content) : type, content,
                    config == null ? Map.of() : config, note);
        }

        /** Missing content has no type: the validator refuses it, once it is known that the caller may edit at all. */
        private static PromptType typeOf(@Nullable Content content) {
            return content == null ? PromptType.TEXT : content.type();
        }
    }

    record Check(String name, CheckOutcome outcome, @Nullable String url, @Nullable String digest) {}

    record Comment(String text) {}
}
