package io.promptaudit.command.prompt.web;

import java.util.List;

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
import io.promptaudit.api.command.PromptCommand.ApprovePrompt;
import io.promptaudit.api.command.PromptCommand.RejectPrompt;
import io.promptaudit.api.command.PromptCommand.RequestApproval;
import io.promptaudit.api.command.PromptCommand.RevokeApproval;
import io.promptaudit.api.command.PromptCommand.WithdrawRejection;
import io.promptaudit.command.trail.Recorded;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;

/** Takes what reviewers say of a version. */
@RestController
@RequestMapping(path = "/api/v1/prompts/{name}/versions/{version}", consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class ReviewWriteController {
    private final Recorder recorder;

    ReviewWriteController(Recorder recorder) {
        this.recorder = recorder;
    }

    @PostMapping("/approval-requests")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded request(@PathVariable String name, @PathVariable String version, @RequestBody ApprovalRequest body,
            Caller caller, RequestContext context) {
        List<String> reviewers = body.reviewers() == null ? List.of() : body.reviewers();
        return recorder.record(new RequestApproval(name, VersionNumber.parse(version), body.note(), reviewers), caller,
                context);
    }

    @PostMapping("/approvals")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded approve(@PathVariable String name, @PathVariable String version, @RequestBody Approval body, Caller caller,
            RequestContext context) {
        return recorder.record(new ApprovePrompt(name, VersionNumber.parse(version), body.comment(), body.meaning()), caller,
                context);
    }

    @PostMapping("/rejections")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded reject(@PathVariable String name, @PathVariable String version, @RequestBody Reason body, Caller caller,
            RequestContext context) {
        return recorder.record(new RejectPrompt(name, VersionNumber.parse(version), body.reason()), caller, context);
    }

    @PostMapping("/revocations")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded revoke(@PathVariable String name, @PathVariable String version, @RequestBody Reason body, Caller caller,
            RequestContext context) {
        return recorder.record(new RevokeApproval(name, VersionNumber.parse(version), body.reason()), caller, context);
    }

    @PostMapping("/rejection-withdrawals")
    @ResponseStatus(HttpStatus.CREATED)
    Recorded withdrawRejection(@PathVariable String name, @PathVariable String version, @RequestBody Reason body,
            Caller caller, RequestContext context) {
        return recorder.record(new WithdrawRejection(name, VersionNumber.parse(version), body.reason()), caller, context);
    }

    record ApprovalRequest(@Nullable String note, @Nullable List<String> reviewers) {}

    record Approval(@Nullable String comment, @Nullable String meaning) {}

    record Reason(String reason) {}
}
