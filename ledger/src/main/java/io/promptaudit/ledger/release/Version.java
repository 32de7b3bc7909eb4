package io.promptaudit.ledger.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One version of a prompt, with what stands for and against it. */
final class Version {
    final Actor author;
    final String digest;
    final List<Signature> approvals = new ArrayList<>();
    final List<Signature> rejections = new ArrayList<>();
    /** The latest outcome of each check. */
    final Map<String, Check> checks = new HashMap<>();
    boolean inReview;

    /** An outcome, and the event that says so. */
    record Check(String event, boolean passed) {}

    Version(Actor author, String digest) {
        this.author = author;
        this.digest = digest;
    }

    Set<String> approvalEvents() {
        return approvals.stream().map(Signature::event).collect(Collectors.toUnmodifiableSet());
    }
}
