package io.promptaudit.server.witness;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.checkpoint.CheckpointVerifier;
import io.promptaudit.ledger.encoding.Decimal;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.note.NoteSignature;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.tree.Hash;

/** Speaks to witnesses (C2SP tlog-witness, {@code add-checkpoint}). Follows no redirect, and believes nothing that is not signed. */
final class WitnessClient implements AutoCloseable {
    private static final int MOST_READ = 64 * 1024;
    private static final String SIZE = "text/x.tlog.size";

    private final Duration patience;
    private final HttpClient http;

    /** What came back. */
    sealed interface Answer {
        /** The witness knows this checkpoint from now on. */
        record Cosigned(NoteSignature cosignature) implements Answer {}

        /** The witness has cosigned a tree of another size than it was told. */
        record OtherSize(long size) implements Answer {}

        /** The witness has cosigned what this checkpoint does not continue. */
        record Contradiction() implements Answer {}

        /** Nothing was learnt. */
        record Failure(String why) implements Answer {}
    }

    WitnessClient(Duration patience) {
        this.patience = patience;
        this.http = HttpClient.newBuilder().connectTimeout(patience).followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1).build();
    }

    /**
     * Asks for a cosignature, and waits for the answer.
     *
     * @param oldSize the size of the tree that the witness cosigned last, or 0
     * @param proof that the checkpoint continues it
     */
    Answer add(Witness witness, long oldSize, List<Hash> proof, SignedNote checkpoint) throws InterruptedException {
        var body = new StringBuilder("old ").append(Decimal.format(oldSize)).append('\n');
        proof.forEach(hash -> body.append(hash).append('\n'));
        body.append('\n').append(Utf8.decode(checkpoint.encode(), "checkpoint"));
        var request = HttpRequest.newBuilder(witness.addCheckpoint()).header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())).build();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_READ));
        try {
            // A time-out of the request's own would end with the head of the answer.
            return read(witness, checkpoint, answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new Answer.Failure("it does not answer within " + patience.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return new Answer.Failure("it cannot be reached: " + (cause == null ? e : cause).getClass().getSimpleName());
        } finally {
            answer.cancel(true);
        }
    }

    private static Answer read(Witness witness, SignedNote checkpoint, HttpResponse<byte[]> answer) {
        return switch (answer.statusCode()) {
            case 200 -> cosignature(witness, checkpoint, answer.body());
            case 403 -> new Answer.Failure("it does not accept the ledger's signature: give its operator the verifier keys");
            case 404 -> new Answer.Failure("it does not know the ledger: give its operator origin and verifier keys");
            case 409 -> size(answer);
            case 422 -> new Answer.Contradiction();
            default -> new Answer.Failure("it answers with the status " + answer.statusCode());
        };
    }

    private static Answer cosignature(Witness witness, SignedNote checkpoint, byte[] lines) {
        try {
            SignedNote cosigned = SignedNote.parse(Utf8.encode(checkpoint.text() + "\n" + Utf8.decode(lines, "cosignature")));
            NoteSignature cosignature = cosigned.verify(List.of(witness.verifier())).get(witness.verifier().key());
            if (cosignature == null) {
                return new Answer.Failure("it cosigns with another key than the one that is configured");
            }
            boolean hasTime = CheckpointVerifier.time(cosignature).isAfter(Instant.EPOCH);
            return hasTime ? new Answer.Cosigned(cosignature) : new Answer.Failure("its cosignature has no time");
        } catch (MalformedInput | VerificationFailed e) {
            return new Answer.Failure("its cosignature is not good");
        }
    }

    private static Answer size(HttpResponse<byte[]> answer) {
        String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
        boolean isSize = answer.headers().firstValue("Content-Type").filter(type -> type.split(";", 2)[0].strip().equals(SIZE))
                .isPresent();
        try {
            long size = Decimal.parse(body.endsWith("\n") ? body.substring(0, body.length() - 1) : body, "size");
            return isSize && size >= 0 ? new Answer.OtherSize(size) : new Answer.Failure("its conflict names no size");
        } catch (MalformedInput e) {
            return new Answer.Failure("its conflict names no size");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
