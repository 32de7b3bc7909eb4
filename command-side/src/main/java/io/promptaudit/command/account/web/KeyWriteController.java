package io.promptaudit.command.account.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
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
import io.promptaudit.api.command.AccountCommand.CreateKey;
import io.promptaudit.api.command.AccountCommand.RevokeKey;
import io.promptaudit.api.command.AccountCommand.RotateKey;
import io.promptaudit.command.account.KeyPair;
import io.promptaudit.command.account.MadeKeys;
import io.promptaudit.command.account.web.AccountWriteController.NewGrant;
import io.promptaudit.command.trail.Acknowledgement;
import io.promptaudit.command.trail.Recorded;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;

/** Makes keys and hands their secrets out, once: commands and events only know a secret's hash. */
@RestController
@RequestMapping(path = "/api/v1/accounts/{id}/keys", produces = MediaType.APPLICATION_JSON_VALUE)
class KeyWriteController {
    private static final Duration USUAL_OVERLAP = Duration.ofHours(24);

    private final Recorder recorder;
    private final MadeKeys made;

    KeyWriteController(Recorder recorder, MadeKeys made) {
        this.recorder = recorder;
        this.made = made;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    MadeKey create(@PathVariable String id, @RequestBody NewKey body, Caller caller, RequestContext context) {
        var pair = KeyPair.random();
        return answer(pair, recorder.record(new CreateKey(id, pair.publicKey(), pair.secretHash(), body.name(),
                body.expiresAt(), body.grants() == null ? null : AccountWriteController.granted(body.grants())), caller,
                context));
    }

    @PostMapping(path = "/{publicKey}/rotation", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    MadeKey rotate(@PathVariable String id, @PathVariable String publicKey, @RequestBody Rotation body, Caller caller,
            RequestContext context) {
        var pair = KeyPair.random();
        return answer(pair, recorder.record(new RotateKey(id, publicKey, pair.publicKey(), pair.secretHash(),
                body.overlap() == null ? USUAL_OVERLAP : body.overlap()), caller, context));
    }

    @DeleteMapping("/{publicKey}")
    Recorded revoke(@PathVariable String id, @PathVariable String publicKey, Caller caller, RequestContext context) {
        return recorder.record(new RevokeKey(id, publicKey), caller, context);
    }

    /** A repeated request made no key: it is told the first one's public half, and its secret is nowhere. */
    private MadeKey answer(KeyPair pair, Recorded recorded) {
        String publicKey = made.madeBy(recorded.eventId()).orElse(null);
        return new MadeKey(recorded.account(), publicKey, pair.publicKey().equals(publicKey) ? pair.secretKey() : null,
                recorded.eventId(), recorded.position(), recorded.recordedAt(), recorded.sealed());
    }

    record NewKey(String name, @Nullable Instant expiresAt, @Nullable List<NewGrant> grants) {}

    record Rotation(@Nullable Duration overlap) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MadeKey(@Nullable String account, @Nullable String publicKey, @Nullable String secretKey, String eventId,
            long position, Instant recordedAt, boolean sealed) implements Acknowledgement {

        @Override
        @JsonIgnore
        public boolean isPending() {
            return false;
        }

        @Override
        public MadeKey withSeal() {
            return new MadeKey(account, publicKey, secretKey, eventId, position, recordedAt, true);
        }

        @Override
        public String toString() {
            return "MadeKey[" + publicKey + "]";
        }
    }
}
