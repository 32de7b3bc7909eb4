package io.promptaudit.server.verification;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Rule;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;

/** Tells auditors and admins how the verification of the ledger stands, and has it begin anew for them. */
@RestController
@RequestMapping(path = "/api/v1/ledger", produces = MediaType.APPLICATION_JSON_VALUE)
class VerificationController {
    private final LedgerVerifier verifier;
    private final Recorder recorder;

    VerificationController(LedgerVerifier verifier, Recorder recorder) {
        this.verifier = verifier;
        this.recorder = recorder;
    }

    @GetMapping("/verification")
    VerificationView verification(Caller caller, RequestContext context) {
        require(caller, context);
        return verifier.view();
    }

    @PostMapping("/verification")
    @ResponseStatus(HttpStatus.ACCEPTED)
    VerificationView verify(Caller caller, RequestContext context) {
        require(caller, context);
        verifier.request();
        return verifier.view();
    }

    private void require(Caller caller, RequestContext context) {
        if (!caller.readsEverything()) {
            throw recorder.refuse("VerifyLedger", caller, context, new CommandRejected(Rule.MISSING_GRANT,
                    "you hold neither the role auditor nor the role admin; an admin can grant them"));
        }
    }
}
