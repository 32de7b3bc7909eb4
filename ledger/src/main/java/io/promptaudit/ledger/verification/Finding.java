package io.promptaudit.ledger.verification;

/**
 * A check that did not hold.
 *
 * @param verdict whether it contradicts or lacks something
 * @param check which: {@code checkpoint}, {@code tree}, {@code entry}, {@code since} or {@code receipt}
 * @param detail what does not hold or is missing, and where
 */
public record Finding(Verdict verdict, String check, String detail) {}
