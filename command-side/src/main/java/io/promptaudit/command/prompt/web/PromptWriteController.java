package io.promptaudit.command.prompt.web;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.command.PromptCommand.ArchivePrompt;
import io.promptaudit.api.command.PromptCommand.CreatePrompt;
import io.promptaudit.api.command.PromptCommand.DescribePrompt;
import io.promptaudit.api.command.PromptCommand.RestorePrompt;
import io.promptaudit.command.trail.Recorded;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;

/** Takes requests that make, describe, archive and restore a prompt. */
@RestController
@RequestMapping(path = "/api/v1/prompts", consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class PromptWriteController {
    private final Recorder recorder;

    PromptWriteController(Recorder recorder) {
        this.recorder = recorder;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Recorded create(@RequestBody NewPrompt body, Caller caller, RequestContext context) {
        return recorder.record(body.command(), caller, context);
    }

    @PatchMapping("/{name}")
    Recorded describe(@PathVariable String name, @RequestBody Description body, Caller caller, RequestContext context) {
        return recorder.record(
                new DescribePrompt(name, body.title(), body.description(), body.owner(), body.tags()), caller, context);
    }

    @PostMapping("/{name}/archival")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded archive(@PathVariable String name, @RequestBody Reason body, Caller caller, RequestContext context) {
        return recorder.record(new ArchivePrompt(name, body.reason()), caller, context);
    }

    @PostMapping("/{name}/restoration")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded restore(@PathVariable String name, @RequestBody Reason body, Caller caller, RequestContext context) {
        return recorder.record(new RestorePrompt(name, body.reason()), caller, context);
    }

    record NewPrompt(String name, PromptType type, Content content, @Nullable Map<String, Object> config, String note,
            @Nullable String title, @Nullable String description, @Nullable String owner, @Nullable List<String> tags) {
        CreatePrompt command() {
            return new CreatePrompt(name, type, content, config == null ? Map.of() : config, note, title, description,
                    owner, tags == null ? List.of() : tags);
        }
    }

    record Description(@Nullable String title, @Nullable String description, @Nullable String owner,
            @Nullable List<String> tags) {}

    record Reason(String reason) {}
}
