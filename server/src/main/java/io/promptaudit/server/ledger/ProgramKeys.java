package io.promptaudit.server.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.checkpoint.CheckpointVerifier;
import io.promptaudit.ledger.checkpoint.Cosignature;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.note.NoteSigner;
import io.promptaudit.ledger.note.SignatureType;
import io.promptaudit.ledger.note.VerifierKey;

/**
 * Keys that never enter the server: a program signs, which reaches a key vault or a hardware module. {@code keys ORIGIN GENERATION}
 * prints the verifier keys, a line each, Ed25519 first; {@code sign ORIGIN+ID} reads the message from its input and prints the
 * signature in base64. What it signs is verified before it is used.
 */
final class ProgramKeys implements SigningKeys {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_ANSWER = 16_384;

    private final List<String> program;
    private final String base;
    private final InstantSource clock;

    /**
     * Signs by this program.
     *
     * @param program and its first arguments
     * @param base what the ledger's origins begin with
     */
    ProgramKeys(List<String> program, String base, InstantSource clock) {
        this.program = List.copyOf(program);
        this.base = base;
        this.clock = clock;
    }

    @Override
    public Optional<String> base() {
        return Optional.of(base);
    }

    @Override
    public int newestEpoch() {
        return 0;
    }

    @Override
    public List<NoteSigner> signers(KeySet set) {
        String origin = set.origin().toString();
        String answer = run(List.of("keys", origin, String.valueOf(set.generation())), new byte[0]);
        List<NoteSigner> signers = answer.lines().map(VerifierKey::parse).filter(key -> key.name().equals(origin))
                .<NoteSigner>map(Signer::new).toList();
        if (signers.isEmpty() || signers.getFirst().key().type() != SignatureType.ED25519) {
            throw new KeysMissing("the signing program has no Ed25519 key for " + origin);
        }
        return signers;
    }

    @Override
    public void make(KeySet set) {
        signers(set);
    }

    @Override
    public void setAside() {}

    private String run(List<String> arguments, byte[] input) {
        var command = new ArrayList<>(program);
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            }
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new KeysMissing("the signing program does not answer");
            }
            try (InputStream out = process.getInputStream()) {
                String answer = new String(out.readNBytes(LONGEST_ANSWER), StandardCharsets.US_ASCII);
                if (process.exitValue() != 0) {
                    throw new KeysMissing("the signing program failed with exit code " + process.exitValue());
                }
                return answer;
            }
        } catch (IOException e) {
            throw new KeysMissing("the signing program cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeysMissing("the server stops");
        }
    }

    private final class Signer implements NoteSigner {
        private final VerifierKey key;

        Signer(VerifierKey key) {
            this.key = key;
        }

        @Override
        public VerifierKey key() {
            return key;
        }

        @Override
        public Bytes sign(String text) {
            Bytes signature = signature(text);
            if (!CheckpointVerifier.of(key).verify(text, signature)) {
                throw new KeysMissing("the signing program answered with what is no signature of " + key.label());
            }
            return signature;
        }

        private Bytes signature(String text) {
            if (key.type() == SignatureType.ED25519) {
                return ask(Utf8.encode(text));
            }
            long seconds = clock.instant().getEpochSecond();
            return new Cosignature(seconds, ask(Cosignature.message(key, seconds, text))).encode();
        }

        private Bytes ask(byte[] message) {
            try {
                return Bytes.of(Base64.getDecoder().decode(run(List.of("sign", key.label()), message).strip()));
            } catch (IllegalArgumentException | MalformedInput e) {
                throw new KeysMissing("the signing program answered with something that is not base64");
            }
        }
    }
}
