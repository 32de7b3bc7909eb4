package io.promptaudit.ledger.verification;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.VerificationFailed;

/** Collects what checks find; remembers the first hundred and counts the rest. For one thread at a time. */
public final class Findings {
    private static final int REMEMBERED = 100;

    private final List<Finding> first = new ArrayList<>();
    private Verdict verdict = Verdict.GOOD;
    private long count;

    /**
     * Runs a check and takes note of how it fails.
     *
     * @param check its name
     * @return whether it held
     */
    public boolean run(String check, Runnable body) {
        try {
            body.run();
            return true;
        } catch (MalformedInput | VerificationFailed contradiction) {
            contradict(check, String.valueOf(contradiction.getMessage()));
        } catch (MissingEvidence | UncheckedIOException missing) {
            lack(check, String.valueOf(missing.getMessage()));
        }
        return false;
    }

    /** Takes note of a contradiction. */
    public void contradict(String check, String detail) {
        add(Verdict.CONTRADICTED, check, detail);
    }

    /** Takes note of what is missing. */
    public void lack(String check, String detail) {
        add(Verdict.INCOMPLETE, check, detail);
    }

    private void add(Verdict found, String check, String detail) {
        count++;
        verdict = found.compareTo(verdict) > 0 ? found : verdict;
        // The first contradiction has a place even behind a hundred things that are missing.
        if (first.size() < REMEMBERED || first.stream().noneMatch(finding -> finding.verdict() == verdict)) {
            first.add(new Finding(found, check, detail));
        }
    }

    /** The gravest verdict of all checks. */
    public Verdict verdict() {
        return verdict;
    }

    /** How many checks did not hold. */
    public long count() {
        return count;
    }

    /** The first of them, in the order of the checks. */
    public List<Finding> first() {
        return List.copyOf(first);
    }
}
