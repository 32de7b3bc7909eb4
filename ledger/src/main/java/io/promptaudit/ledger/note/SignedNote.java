package io.promptaudit.ledger.note;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.encoding.Utf8;

/**
 * A text with signatures (C2SP signed-note). Not to be believed before {@link #verify} did.
 *
 * @param text what is signed, with its final line feed
 * @param signatures in the order of their lines
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** Bytes in a note at most; room for a hundred of the largest signatures. */
    public static final int MAX_LENGTH = 1_000_000;

    private static final int MAX_SIGNATURES = 100;

    /**
     * Copies the signatures.
     *
     * @throws MalformedInput unless the text can be a note's
     */
    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw new MalformedInput("note", "its text ends in a line feed and has no other control character");
        }
        if (signatures.size() > MAX_SIGNATURES) {
            throw new MalformedInput("note", "has more than %d signatures".formatted(MAX_SIGNATURES));
        }
    }

    /**
     * Reads a note with at least one signature.
     *
     * @throws MalformedInput unless {@link #encode()} would give these very bytes
     */
    public static SignedNote parse(byte[] bytes) {
        if (bytes.length > MAX_LENGTH) {
            throw new MalformedInput("note", "has more than %d bytes".formatted(MAX_LENGTH));
        }
        String note = Utf8.decode(bytes, "note");
        int split = note.lastIndexOf("\n\n");
        if (split < 0 || !note.endsWith("\n") || split + 2 == note.length()) {
            throw new MalformedInput("note", "is not a text, an empty line and lines of signatures");
        }
        String text = note.substring(0, split + 1);
        int line = (int) text.lines().count() + 1;
        var signatures = new ArrayList<NoteSignature>();
        for (String signature : note.substring(split + 2, note.length() - 1).split("\n", -1)) {
            line++;
            signatures.add(NoteSignature.parse(signature, "line " + line));
        }
        return new SignedNote(text, signatures);
    }

    /** The text, an empty line and the lines of the signatures, in UTF-8. */
    public byte[] encode() {
        var note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()).append('\n'));
        return Utf8.encode(note.toString());
    }

    /** The same note with one signature more, behind the others. */
    public SignedNote signedBy(NoteSigner signer) {
        var more = new ArrayList<>(signatures);
        more.add(new NoteSignature(signer.key().name(), signer.key().id(), signer.sign(text)));
        return new SignedNote(text, more);
    }

    /**
     * Verifies every signature of a known key, and ignores all others.
     *
     * @return the keys that signed, with their signatures, in the order of the lines; perhaps none
     * @throws VerificationFailed if a signature of a known key is not good
     */
    public Map<VerifierKey, NoteSignature> verify(Collection<? extends NoteVerifier> known) {
        var signed = new LinkedHashMap<VerifierKey, NoteSignature>();
        for (NoteSignature signature : signatures) {
            for (NoteVerifier verifier : known) {
                if (verifier.key().claims(signature)) {
                    if (!verifier.verify(text, signature.signature())) {
                        throw new VerificationFailed("the signature by %s is not good".formatted(signature));
                    }
                    signed.putIfAbsent(verifier.key(), signature);
                }
            }
        }
        return signed;
    }
}
