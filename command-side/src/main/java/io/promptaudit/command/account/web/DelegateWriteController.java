package io.promptaudit.command.account.web;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.command.AccountCommand.AllowDelegate;
import io.promptaudit.api.command.AccountCommand.WithdrawDelegate;
import io.promptaudit.command.trail.Recorded;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;

/** Takes what persons say about who may act for them. */
@RestController
@RequestMapping(path = "/api/v1/accounts/{id}/delegates/{delegate}", produces = MediaType.APPLICATION_JSON_VALUE)
class DelegateWriteController {
    private final Recorder recorder;

    DelegateWriteController(Recorder recorder) {
        this.recorder = recorder;
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Recorded allow(@PathVariable String id, @PathVariable String delegate, @RequestBody Consent body,
            Caller caller, RequestContext context) {
        return recorder.record(new AllowDelegate(id, delegate, body.until()), caller, context);
    }

    @DeleteMapping
    Recorded withdraw(@PathVariable String id, @PathVariable String delegate, Caller caller, RequestContext context) {
        return recorder.record(new WithdrawDelegate(id, delegate), caller, context);
    }

    record Consent(@Nullable Instant until) {}
}
